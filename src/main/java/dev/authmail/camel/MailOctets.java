package dev.authmail.camel;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.eclipse.angus.mail.imap.IMAPMessage;

/** The octets of a mail in a mailbox, no more than a limit. */
final class MailOctets {
    private MailOctets() {}

    /** IMAP is asked for no more than that (RFC 9051 §6.4.5); over POP3 a larger mail is not fetched at all. */
    static byte[] of(Message mail, int most) throws MessagingException, IOException {
        if (mail instanceof IMAPMessage imap) {
            try (InputStream octets = imap.getMimeStream()) {
                return octets.readNBytes(most);
            }
        }
        Bounded octets = new Bounded(most);
        mail.writeTo(octets);
        return octets.kept.toByteArray();
    }

    private static final class Bounded extends OutputStream {
        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
        private final int most;

        Bounded(int most) {
            this.most = most;
        }

        @Override
        public void write(int octet) {
            if (kept.size() < most) {
                kept.write(octet);
            }
        }

        @Override
        public void write(byte[] octets, int from, int length) {
            kept.write(octets, from, Math.min(length, most - kept.size()));
        }
    }
}
