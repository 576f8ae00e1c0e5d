package dev.authmail.camel;

import dev.authmail.roundtrip.ReturnMailbox;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.FolderNotFoundException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.search.HeaderTerm;
import jakarta.mail.search.OrTerm;
import jakarta.mail.search.SearchTerm;
import jakarta.mail.search.SubjectTerm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import org.eclipse.angus.mail.imap.IMAPFolder;

/** A mailbox in which a mail of ours is waited for, over IMAP or POP3. */
public final class RoundTripMailbox implements ReturnMailbox {
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    /** Older mails are not looked at: ours has just been sent. */
    private static final int NEWEST = 200;

    private static final int MAX_OCTETS = 10 << 20;

    private final Server server;
    private final Properties properties;
    private final MailboxLogin login;

    /**
     * Where it is.
     *
     * @param protocol in lower case: imaps, pop3s, imap, pop3
     * @param folder such as INBOX
     */
    public record Server(String protocol, String host, int port, String folder) {}

    /**
     * @param properties Angus's own of the protocol
     * @param login lets us in
     */
    public RoundTripMailbox(Server server, Properties properties, MailboxLogin login) {
        this.server = server;
        this.properties = properties;
        this.login = login;
    }

    @Override
    public Optional<byte[]> await(String mark, Duration limit) throws IOException {
        SearchTerm ours = new OrTerm(new SubjectTerm(mark), new HeaderTerm("Message-ID", mark));
        long end = System.nanoTime() + limit.toNanos();
        try (Store store = Session.getInstance(properties).getStore(server.protocol())) {
            PasswordAuthentication who = login.getPasswordAuthentication();
            store.connect(server.host(), server.port(), who.getUserName(), who.getPassword());
            Optional<byte[]> found = look(store, ours);
            while (found.isEmpty() && System.nanoTime() < end) {
                Thread.sleep(BETWEEN_LOOKS);
                found = look(store, ours);
            }
            return found;
        } catch (MessagingException e) {
            throw new IOException(reason(e), e);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IOException("stopped while it was waited for", stop);
        }
    }

    /** A server's own words may hold the name of the user. */
    private String reason(MessagingException e) {
        return switch (e) {
            case AuthenticationFailedException refused -> "the login was refused";
            case FolderNotFoundException none -> "there is no folder " + server.folder();
            default ->
                server.host() + ":" + server.port() + " by " + server.protocol() + ": "
                        + e.getClass().getSimpleName();
        };
    }

    private Optional<byte[]> look(Store store, SearchTerm ours) throws MessagingException, IOException {
        Folder folder = store.getFolder(server.folder());
        folder.open(Folder.READ_WRITE);
        boolean found = false;
        try {
            int count = folder.getMessageCount();
            Message[] marked = count == 0
                    ? new Message[0]
                    : folder.search(ours, folder.getMessages(Math.max(1, count - NEWEST + 1), count));
            found = marked.length > 0;
            return found ? Optional.of(take(folder, marked)) : Optional.empty();
        } finally {
            // Over IMAP that would also take away what others have marked as deleted.
            folder.close(found && !(folder instanceof IMAPFolder));
        }
    }

    private static byte[] take(Folder folder, Message[] marked) throws MessagingException, IOException {
        byte[] octets = MailOctets.of(marked[0], MAX_OCTETS);
        folder.setFlags(marked, new Flags(Flags.Flag.DELETED), true);
        if (folder instanceof IMAPFolder imap) {
            try {
                imap.expunge(marked);
            } catch (MessagingException cannot) {
                return octets; // without UIDPLUS (RFC 4315) it stays, marked as deleted
            }
        }
        return octets;
    }
}
