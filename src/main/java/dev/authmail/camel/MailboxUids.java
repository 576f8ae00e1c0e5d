package dev.authmail.camel;

import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.UIDFolder;
import org.apache.camel.component.mail.MailEndpoint;
import org.apache.camel.component.mail.MailUidGenerator;
import org.eclipse.angus.mail.pop3.POP3Folder;

/**
 * Names a mail by what the server calls it (RFC 9051 §2.3.1.1, RFC 1939 §7). Camel's usual name is the Message-ID, which
 * strangers write: two mails of one Message-ID, and the wrong one would be taken away.
 */
public final class MailboxUids implements MailUidGenerator {
    @Override
    public String generateUuid(MailEndpoint endpoint, Message message) {
        Folder folder = message.getFolder();
        try {
            return switch (folder) {
                case POP3Folder pop3 -> String.valueOf(pop3.getUID(message));
                case UIDFolder imap -> imap.getUIDValidity() + "-" + imap.getUID(message);
                default -> throw new IllegalStateException("a mailbox of an unknown protocol");
            };
        } catch (MessagingException e) {
            throw new IllegalStateException("the server does not name its mails", e);
        }
    }
}
