package dev.authmail.command;

import dev.authmail.mail.MailMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** A mail as it lies on disk: with CRLF as it was sent, or with LF as Unix programs store it. */
final class MailFile {
    /** How many octets a mail may have. */
    static final int MAX_SIZE = 50 * 1024 * 1024;

    private MailFile() {}

    /** @throws IOException when it cannot be read or is too large */
    static MailMessage read(InputStream in) throws IOException {
        byte[] octets = in.readNBytes(MAX_SIZE + 1);
        if (octets.length > MAX_SIZE) {
            throw new IOException("larger than " + MAX_SIZE + " octets");
        }
        return new MailMessage(hasCrlf(octets) ? octets : withCrlf(octets));
    }

    /** A mail that holds any CRLF is as it was sent: its bare LFs, if any, are its own. */
    private static boolean hasCrlf(byte[] octets) {
        for (int i = 1; i < octets.length; i++) {
            if (octets[i] == '\n' && octets[i - 1] == '\r') {
                return true;
            }
        }
        return false;
    }

    private static byte[] withCrlf(byte[] octets) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(octets.length + octets.length / 32);
        for (byte octet : octets) {
            if (octet == '\n') {
                out.write('\r');
            }
            out.write(octet);
        }
        return out.toByteArray();
    }
}
