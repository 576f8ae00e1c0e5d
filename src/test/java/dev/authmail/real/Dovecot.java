package dev.authmail.real;

import dev.authmail.mail.ForeignProgram;
import dev.authmail.testkit.TestAuthmail;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** Debian's Dovecot on loopback: one mailbox, read over IMAP with TLS from the beginning. Needs root. */
final class Dovecot implements AutoCloseable {
    private static final String USER = "bounces";
    private static final String PASSWORD = "correct horse";
    /** The user mail of Debian. */
    private static final String OWNER = "8";

    private final Daemon daemon;
    private final Path folder;
    private final int port;

    private Dovecot(Daemon daemon, Path folder, int port) {
        this.daemon = daemon;
        this.folder = folder;
        this.port = port;
    }

    /** Starts it and waits until it listens. @param keyAndChain PEM of the server's key and certificates */
    static Dovecot start(String keyAndChain) throws Exception {
        Path folder = Files.createTempDirectory("dovecot");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path mailbox = Files.createDirectory(folder.resolve("Maildir"));
        ForeignProgram.run("coreutils", List.of("/bin/chown", OWNER + ":" + OWNER, mailbox.toString()));
        Files.writeString(folder.resolve("server.pem"), keyAndChain);
        int port = PostfixProcess.freePort();
        Path configuration = Files.writeString(folder.resolve("dovecot.conf"), configuration(folder, port));
        Daemon daemon = Daemon.start(
                "dovecot-imapd", folder, List.of("/usr/sbin/dovecot", "-F", "-c", configuration.toString()));
        Awaitility.await("Dovecot to listen, see " + folder.resolve("log")).until(() -> listens(port));
        return new Dovecot(daemon, folder, port);
    }

    private static String configuration(Path folder, int port) {
        return """
                protocols = imap
                base_dir = %1$s/run
                state_dir = %1$s/state
                log_path = %1$s/log
                listen = 127.0.0.1
                ssl = required
                ssl_cert = <%1$s/server.pem
                ssl_key = <%1$s/server.pem
                first_valid_uid = %3$s
                first_valid_gid = %3$s
                mail_location = maildir:%1$s/Maildir
                passdb {
                  driver = static
                  args = password=%4$s
                }
                userdb {
                  driver = static
                  args = uid=%3$s gid=%3$s home=%1$s
                }
                service imap-login {
                  inet_listener imap {
                    port = 0
                  }
                  inet_listener imaps {
                    port = %2$d
                    ssl = yes
                  }
                }
                """.formatted(folder, port, OWNER, PASSWORD.replace(' ', '_'));
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** Where a mail server puts mails. */
    Path mailbox() {
        return folder.resolve("Maildir");
    }

    /** Sets what authmail must know to read it. */
    void tell(TestAuthmail authmail) throws IOException {
        tell(authmail, "authmail.bounces");
        authmail.set("authmail.bounces.poll-interval", "1s");
    }

    /** The same, of the mailbox with that prefix of settings. */
    void tell(TestAuthmail authmail, String prefix) throws IOException {
        Path secret = Files.writeString(authmail.folder.resolve("mailbox-password"), PASSWORD.replace(' ', '_'));
        authmail.set(prefix + ".host", "localhost")
                .set(prefix + ".port", port)
                .set(prefix + ".username", USER)
                .set(prefix + ".password-file", secret);
    }

    /** How many mails are in the inbox, read or not. */
    long inInbox() {
        return filesIn("new") + filesIn("cur");
    }

    /** How many mails are in a folder, such as {@code authmail/processed}. */
    long in(String name) {
        String maildir = "." + name.replace('/', '.');
        return filesIn(maildir + "/new") + filesIn(maildir + "/cur");
    }

    private long filesIn(String name) {
        Path path = mailbox().resolve(name);
        if (!Files.isDirectory(path)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(path)) {
            return files.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws Exception {
        daemon.close();
        ForeignProgram.run("coreutils", List.of("/bin/rm", "-r", folder.toString()));
    }
}
