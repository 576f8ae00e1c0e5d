package dev.authmail.delivery;

import dev.authmail.mail.SignedMessage;
import dev.authmail.smtp.Deadline;
import dev.authmail.smtp.Envelope;
import dev.authmail.smtp.SmtpPhase;
import dev.authmail.smtp.SmtpReply;
import dev.authmail.smtp.SmtpServer;
import dev.authmail.smtp.SmtpTransport;
import dev.authmail.smtp.Transaction;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A transport that plays a script by address and remembers whom it was told to ask. */
final class FakeTransport implements SmtpTransport {
    private final Map<String, Transaction> script = new HashMap<>();
    private final List<SmtpServer> asked = new ArrayList<>();

    /** What the server with this address does: {@code 250}, {@code RCPT 550 5.1.1 text}, {@code CONNECT NO_CONNECTION}, {@code LOST}. */
    FakeTransport on(String address, String what) {
        script.put(address, transaction(what));
        return this;
    }

    static Transaction transaction(String what) {
        String[] words = what.split(" ", 3);
        if (what.equals("LOST")) {
            return new Transaction.Unconfirmed("connection reset", null);
        } else if (what.startsWith("2")) {
            return new Transaction.Accepted(new SmtpReply(250, List.of("2.0.0 queued as 1")), null);
        } else if (Character.isDigit(words[1].charAt(0))) {
            SmtpReply reply =
                    new SmtpReply(Integer.parseInt(words[1]), words.length < 3 ? List.of() : List.of(words[2]));
            return new Transaction.Refused(SmtpPhase.valueOf(words[0]), reply, null);
        }
        return new Transaction.Failed(
                SmtpPhase.valueOf(words[0]), Transaction.Failure.valueOf(words[1]), "as scripted", null);
    }

    /** An address from its literal, without a look-up. */
    static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(literal, e);
        }
    }

    /** The addresses that were asked, in order. */
    List<String> addresses() {
        return asked.stream().map(s -> s.address().getHostAddress()).toList();
    }

    /** The servers that were asked, in order. */
    List<SmtpServer> asked() {
        return List.copyOf(asked);
    }

    @Override
    public Transaction offer(SmtpServer server, Envelope envelope, SignedMessage message, Deadline deadline) {
        asked.add(server);
        Transaction transaction = script.get(server.address().getHostAddress());
        if (transaction == null) {
            throw new AssertionError("Nobody scripted " + server.label());
        }
        return transaction;
    }

    @Override
    public void close() {}
}
