package dev.authmail.smtp;

import dev.authmail.smtp.Transaction.Failure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads replies. Takes lines that end in a bare LF; does not take lines or replies without end. RFC 5321 §4.2.1. */
final class ReplyReader {
    private static final int MAX_LINE_OCTETS = 2048; // RFC 5321 §4.5.3.1.5 asks for 512; servers with URLs need more.
    private static final int MAX_LINES = 100;
    private static final int MAX_REPLY_OCTETS = 64 * 1024;

    private final SmtpSocket socket;
    private int octetsLeft;

    ReplyReader(SmtpSocket socket) {
        this.socket = socket;
    }

    /** The next reply, all its lines within one limit. */
    SmtpReply read(Deadline limit) {
        return socket.within(limit, this::reply);
    }

    private SmtpReply reply() throws IOException {
        octetsLeft = MAX_REPLY_OCTETS;
        List<String> texts = new ArrayList<>();
        ReplyLine line = ReplyLine.parse(line());
        texts.add(line.text());
        while (!line.isLast()) {
            line = following(line);
            texts.add(line.text());
            check(texts.size() <= MAX_LINES, "a reply of more than " + MAX_LINES + " lines");
        }
        return new SmtpReply(line.code(), texts);
    }

    private ReplyLine following(ReplyLine line) throws IOException {
        ReplyLine next = ReplyLine.parse(line());
        check(next.code() == line.code(), "a reply with two codes, " + line.code() + " and " + next.code());
        return next;
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(128);
        for (byte octet = socket.octet(); octet != '\n'; octet = socket.octet()) {
            check(line.size() < MAX_LINE_OCTETS, "a reply line of more than " + MAX_LINE_OCTETS + " octets");
            check(octetsLeft-- > 0, "a reply of more than " + MAX_REPLY_OCTETS + " octets");
            line.write(octet);
        }
        // Not all servers keep to UTF-8 (RFC 6531 §3.7.4.1); what is not becomes U+FFFD.
        String text = line.toString(StandardCharsets.UTF_8);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new BrokenConversation(Failure.PROTOCOL, otherwise);
        }
    }
}
