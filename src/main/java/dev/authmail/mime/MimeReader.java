package dev.authmail.mime;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a mail in one pass, keeping of it only what {@link MimeLimits} allow. A text without a header, as a person pastes
 * it, is read as well. Never fails because of what stands in the mail.
 */
public final class MimeReader {
    private final MailLines lines;
    private final MimeLimits limits;
    private final Boundaries boundaries = new Boundaries();
    private final List<MimePart> parts = new ArrayList<>();
    private int left;
    private boolean whole = true;

    private MimeReader(InputStream in, MimeLimits limits) {
        this.lines = new MailLines(in, limits.octets());
        this.limits = limits;
        this.left = limits.keptOctets();
    }

    /** @throws IOException when the stream fails */
    public static MimeMessage read(InputStream in, MimeLimits limits) throws IOException {
        return new MimeReader(in, limits).message();
    }

    /** Reads a message that was a part of another. */
    public static MimeMessage read(byte[] octets, MimeLimits limits) {
        try {
            return read(new ByteArrayInputStream(octets), limits);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private MimeMessage message() throws IOException {
        while (lines.next()) {
            if (!lines.isBlank()) {
                lines.unread();
                break;
            }
        }
        HeaderSection header = HeaderSection.read(lines, boundaries, limits.headerOctets(), this::keep);
        boolean bodyAlone = !header.isOfAMail();
        HeaderFields fields = bodyAlone ? HeaderFields.NONE : header.fields();
        ContentType type = fields.first("Content-Type").map(ContentType::parse).orElse(ContentType.PLAIN);
        body(bodyAlone ? ContentType.PLAIN : type, fields, bodyAlone ? header.octets() : new byte[0], 0);
        return new MimeMessage(fields, type, parts, whole && !lines.isCut());
    }

    /** Reads a part or the mail itself; the delimiter that ended it. */
    private Boundaries.Delimiter entity(ContentType standard, int depth) throws IOException {
        HeaderSection header = HeaderSection.read(lines, boundaries, limits.headerOctets(), this::keep);
        if (header.end().level() >= 0) {
            return header.end();
        }
        HeaderFields fields = header.fields();
        return body(fields.first("Content-Type").map(ContentType::parse).orElse(standard), fields, new byte[0], depth);
    }

    private Boundaries.Delimiter body(ContentType type, HeaderFields fields, byte[] before, int depth)
            throws IOException {
        String boundary = type.parameter("boundary").orElse("");
        if (!type.type().equals("multipart") || !Boundaries.isUsable(boundary)) {
            return leaf(type.type().equals("multipart") ? ContentType.PLAIN : type, fields, before);
        }
        if (depth == limits.depth()) {
            whole = false;
            return leaf(ContentType.PLAIN, HeaderFields.NONE, before);
        }
        boundaries.open(boundary);
        int level = boundaries.innermost();
        int known = parts.size();
        Boundaries.Delimiter end = leaf(ContentType.PLAIN, HeaderFields.NONE, before);
        // What stands before the first part is for programs that know no MIME; it counts when there are no parts.
        if (end.level() == level && parts.size() > known) {
            parts.removeLast();
        }
        ContentType standard = type.subtype().equals("digest") ? ContentType.MESSAGE : ContentType.PLAIN;
        while (end.level() == level && !end.closes()) {
            end = entity(standard, depth + 1);
        }
        boundaries.close();
        return end.level() == level ? skip() : end;
    }

    private Boundaries.Delimiter leaf(ContentType type, HeaderFields fields, byte[] before) throws IOException {
        if (parts.size() == limits.parts()) {
            whole = false;
            return skip();
        }
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        octets.writeBytes(before);
        Boundaries.Delimiter end = collect(octets, isKept(type) ? limits.partOctets() : 0);
        parts.add(MimePart.of(type, fields, octets.toByteArray()));
        return end;
    }

    /** Pictures and programs say nothing. */
    private static boolean isKept(ContentType type) {
        return switch (type.type()) {
            case "image", "audio", "video", "font" -> false;
            default -> true;
        };
    }

    private Boundaries.Delimiter skip() throws IOException {
        return collect(new ByteArrayOutputStream(0), 0);
    }

    private Boundaries.Delimiter collect(ByteArrayOutputStream octets, int most) throws IOException {
        while (lines.next()) {
            Boundaries.Delimiter delimiter = boundaries.of(lines);
            if (delimiter.level() >= 0) {
                return delimiter;
            }
            int length = lines.length() + (lines.endsLine() ? 1 : 0);
            if (octets.size() + length <= most && keep(length)) {
                octets.write(lines.buffer(), 0, lines.length());
                if (lines.endsLine()) {
                    octets.write('\n');
                }
            } else {
                whole &= most == 0;
                most = 0;
            }
        }
        return Boundaries.NONE;
    }

    private boolean keep(int length) {
        if (length > left) {
            whole = false;
            return false;
        }
        left -= length;
        return true;
    }
}
