package dev.authmail.testkit;

import com.icegreen.greenmail.imap.ImapHostManager;
import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.store.MailFolder;
import com.icegreen.greenmail.store.StoredMessage;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.user.UserException;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Properties;

/** A mailbox that is read over IMAP or POP3, both with TLS from the beginning; its certificate is for {@code localhost}. */
public final class MailboxServer implements AutoCloseable {
    public static final String USER = "bounces@mail.sender.test";
    public static final String SECRET = "correct-horse"; // GreenMail ends a password of POP3 at a blank
    /** GreenMail takes one certificate for all its servers in a JVM, before the first begins. */
    private static final TestCertificates CERTIFICATES = certificates();

    private final GreenMail server;
    private final GreenMailUser user;

    private MailboxServer(GreenMail server) throws UserException {
        this.server = server;
        this.user = server.getManagers().getUserManager().createUser(USER, USER, SECRET);
    }

    /** Starts it on free ports of the loopback interface. */
    public static MailboxServer start() {
        GreenMail server = new GreenMail(new ServerSetup[] {setup("imaps"), setup("pop3s")});
        server.start();
        try {
            return new MailboxServer(server);
        } catch (UserException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ServerSetup setup(String protocol) {
        ServerSetup setup = new ServerSetup(0, "127.0.0.1", protocol);
        setup.setServerStartupTimeout(30_000);
        return setup;
    }

    /** Whom clients must trust beside the others of a test: both authorities in one file. */
    public static Path trustBeside(Path pem) {
        try {
            Path both = Files.createTempFile("authmail-test-trust", ".pem");
            both.toFile().deleteOnExit();
            return Files.writeString(both, Files.readString(pem) + Files.readString(CERTIFICATES.pem()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sets what authmail must know to read it. */
    public void tell(TestAuthmail authmail, String protocol) {
        tell(authmail, "authmail.bounces", protocol);
    }

    /** The same, of the mailbox with that prefix of settings. */
    public void tell(TestAuthmail authmail, String prefix, String protocol) {
        letIn(authmail, prefix, protocol);
        authmail.set(prefix + ".poll-interval", "300ms");
    }

    /** Where it is and how to get in, without how often it is looked at. */
    public void letIn(TestAuthmail authmail, String prefix, String protocol) {
        try {
            Path secret = Files.writeString(authmail.folder.resolve("mailbox-password"), SECRET + "\n");
            authmail.set(prefix + ".host", "localhost");
            authmail.set(prefix + ".port", port(protocol));
            authmail.set(prefix + ".protocol", protocol);
            authmail.set(prefix + ".username", USER);
            authmail.set(prefix + ".password-file", secret);
            authmail.set("authmail.smtp.ca-bundle", trustBeside(authmail.certificates.pem()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port(String protocol) {
        return protocol.startsWith("imap")
                ? server.getImaps().getPort()
                : server.getPop3s().getPort();
    }

    /** A mail comes in. */
    public void deliver(String mail) {
        try {
            byte[] octets = mail.replace("\r\n", "\n").replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
            user.deliver(new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(octets)));
        } catch (MessagingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** The subjects of the mails in a folder, such as {@code INBOX}; none when there is no such folder. */
    public List<String> subjectsIn(String folder) {
        return in(folder).stream().map(MailboxServer::subject).toList();
    }

    private List<StoredMessage> in(String name) {
        ImapHostManager store = server.getManagers().getImapHostManager();
        MailFolder folder = store.getFolder(user, name);
        return folder == null ? List.of() : folder.getMessages();
    }

    private static String subject(StoredMessage message) {
        try {
            return String.valueOf(message.getMimeMessage().getSubject());
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Takes all mails away. */
    public void empty() {
        try {
            server.purgeEmailFromAllMailboxes();
        } catch (FolderException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop();
    }

    private static TestCertificates certificates() {
        TestCertificates certificates = new TestCertificates();
        TestIdentity identity = certificates.identity("localhost", "127.0.0.1");
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(
                    "server",
                    identity.key(),
                    "changeit".toCharArray(),
                    identity.chain().toArray(X509Certificate[]::new));
            Path file = Files.createTempFile("authmail-test-mailbox", ".p12");
            file.toFile().deleteOnExit();
            try (OutputStream out = Files.newOutputStream(file)) {
                store.store(out, "changeit".toCharArray());
            }
            System.setProperty("greenmail.tls.keystore.file", file.toString());
            System.setProperty("greenmail.tls.keystore.password", "changeit");
            System.setProperty("greenmail.tls.key.password", "changeit");
            return certificates;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
