package dev.authmail.reports;

import dev.authmail.mime.MimeLimits;
import dev.authmail.mime.MimeMessage;
import dev.authmail.mime.MimePart;
import dev.authmail.mime.MimeReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Takes documents out of mails, zip and gzip. What something is, its first octets say: names and content types of
 * attachments are often wrong. Not thread-safe; one for each file.
 */
final class Unpacker {
    private final UnpackLimits limits;
    private final List<Unpacked> found = new ArrayList<>();

    private Unpacker(UnpackLimits limits) {
        this.limits = limits;
    }

    /** Everything that may be a report; at least one entry, if only to say that there is none. */
    static List<Unpacked> unpack(byte[] octets, UnpackLimits limits) {
        Unpacker unpacker = new Unpacker(limits);
        if (octets.length > limits.packed()) {
            unpacker.refuse("", "it is larger than " + limits.packed() + " octets");
        } else {
            unpacker.open(octets, "", 0);
        }
        return unpacker.found;
    }

    private void open(byte[] octets, String container, int depth) {
        if (found.size() >= limits.documents()) {
            return;
        }
        if (depth > limits.depth()) {
            refuse(container, "it is wrapped more than " + limits.depth() + " times");
            return;
        }
        switch (Format.of(octets)) {
            case GZIP -> gunzip(octets, within(container, "gzip"), depth);
            case ZIP -> unzip(octets, within(container, "zip"), depth);
            case XML -> found.add(new Unpacked.Xml(container.isEmpty() ? "xml" : container, octets));
            case JSON -> found.add(new Unpacked.Json(container.isEmpty() ? "json" : container, octets));
            case OTHER -> mail(octets, within(container, "eml"), depth);
        }
    }

    private static String within(String container, String next) {
        return container.isEmpty() ? next : container + "+" + next;
    }

    private void refuse(String container, String reason) {
        found.add(new Unpacked.Unusable(container, reason));
    }

    private void gunzip(byte[] octets, String container, int depth) {
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(octets))) {
            inflate(in, octets.length, container, depth);
        } catch (IOException broken) {
            refuse(container, "the gzip is broken: " + broken.getMessage());
        }
    }

    private void unzip(byte[] octets, String container, int depth) {
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(octets), StandardCharsets.ISO_8859_1)) {
            boolean empty = true;
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (!entry.isDirectory() && !inflate(in, octets.length, container, depth)) {
                    return;
                }
                empty = false;
            }
            if (empty) {
                refuse(container, "the zip is empty or broken");
            }
        } catch (IOException | IllegalArgumentException broken) {
            refuse(container, "the zip is broken: " + broken.getMessage());
        }
    }

    /** Reads a stream within the limits and opens what it holds; false when a limit was met. */
    private boolean inflate(InputStream in, int packed, String container, int depth) throws IOException {
        long most = Math.min(limits.unpacked(), Math.max(1L << 20, (long) packed * limits.ratio()));
        byte[] octets = in.readNBytes((int) most + 1);
        if (octets.length > most) {
            refuse(container, "it unpacks to more than " + most + " octets");
            return false;
        }
        open(octets, container, depth + 1);
        return found.size() < limits.documents();
    }

    private void mail(byte[] octets, String container, int depth) {
        int before = found.size();
        MimeLimits all = new MimeLimits(
                limits.packed(), limits.packed(), limits.packed(), 1 << 18, limits.documents(), limits.depth());
        MimeMessage message = MimeReader.read(octets, all);
        for (MimePart part : message.parts()) {
            part(part, container, depth);
        }
        if (found.size() == before) {
            refuse(container, "there is no report in it");
        }
    }

    /** Words for people are no report, even when they are marked up. */
    private void part(MimePart part, String container, int depth) {
        byte[] octets = Format.decoded(part.octets());
        boolean report = Format.of(octets) != Format.OTHER && !part.type().is("text/html");
        if (report || part.type().is("message/rfc822")) {
            open(octets, container, depth + 1);
        }
    }
}
