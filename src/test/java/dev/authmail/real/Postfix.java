package dev.authmail.real;

import dev.authmail.mail.ForeignProgram;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;

/**
 * Debian's Postfix as a relay on a loopback port, beside whatever the machine runs: its own configuration, queue and
 * users. It takes mail over TLS from {@link #USER} alone, hands all of it to one next host, and knows that
 * {@link #UNKNOWN} does not exist. Needs root.
 */
final class Postfix implements AutoCloseable {
    static final String USER = "authmail@relay.test";
    static final String PASSWORD = "correct horse";
    static final String UNKNOWN = "nobody@good.test";

    private final Path folder;
    private final int port;

    private Postfix(Path folder, int port) {
        this.folder = folder;
        this.port = port;
    }

    /**
     * Starts it and waits until it listens.
     *
     * @param keyAndChain PEM of the server's key and certificates
     * @param nextPort where on 127.0.0.1 it sends what it takes
     */
    static Postfix start(String keyAndChain, int nextPort) throws Exception {
        Path folder = Files.createTempDirectory("postfix");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Postfix postfix = new Postfix(folder, freePort());
        try {
            postfix.configure(keyAndChain, nextPort);
            ForeignProgram.run("postfix", List.of("/usr/sbin/postfix", "-c", postfix.configuration(), "start"));
            Awaitility.await("Postfix to listen, see its log").until(postfix::listens);
            return postfix;
        } catch (Exception e) {
            postfix.close();
            throw e;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    int port() {
        return port;
    }

    String log() {
        try {
            return Files.exists(folder.resolve("log")) ? Files.readString(folder.resolve("log")) : "";
        } catch (IOException e) {
            return e.toString();
        }
    }

    private boolean listens() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.getInputStream().read() == '2';
        } catch (IOException e) {
            return false;
        }
    }

    private String configuration() {
        return folder.resolve("conf").toString();
    }

    private void configure(String keyAndChain, int nextPort) throws Exception {
        Path conf = folder.resolve("conf");
        Path sasl = Files.createDirectories(conf.resolve("sasl")); // where Debian's Postfix looks, and nowhere else
        Files.createDirectories(folder.resolve("queue"));
        Path data = Files.createDirectories(folder.resolve("data"));
        ForeignProgram.run("coreutils", List.of("/bin/chown", "postfix", data.toString()));
        Files.writeString(folder.resolve("server.pem"), keyAndChain);
        Files.writeString(conf.resolve("main.cf"), main(nextPort));
        Files.writeString(conf.resolve("master.cf"), master());
        users(sasl);
    }

    private void users(Path sasl) throws Exception {
        Path users = folder.resolve("sasldb2");
        Files.writeString(sasl.resolve("smtpd.conf"), """
                pwcheck_method: auxprop
                auxprop_plugin: sasldb
                mech_list: PLAIN LOGIN
                sasldb_path: %s
                """.formatted(users));
        Path password = Files.writeString(folder.resolve("password"), PASSWORD);
        String command = "/usr/sbin/saslpasswd2 -p -c -f %s -u relay.test authmail < %s".formatted(users, password);
        ForeignProgram.run("sasl2-bin", List.of("/bin/sh", "-c", command));
        ForeignProgram.run("coreutils", List.of("/bin/chown", "postfix", users.toString()));
    }

    private String main(int nextPort) {
        return """
                compatibility_level = 3.7
                queue_directory = %1$s/queue
                data_directory = %1$s/data
                maillog_file = %1$s/log
                maillog_file_prefixes = %1$s
                myhostname = relay.test
                mydestination =
                mynetworks =
                inet_interfaces = 127.0.0.1
                inet_protocols = ipv4
                alias_maps =
                alias_database =
                smtputf8_enable = yes
                smtpd_tls_security_level = encrypt
                smtpd_tls_chain_files = %1$s/server.pem
                smtpd_sasl_auth_enable = yes
                smtpd_tls_auth_only = yes
                smtpd_relay_restrictions = permit_sasl_authenticated, reject_unauth_destination
                smtpd_recipient_restrictions =
                  check_recipient_access inline:{ { %2$s = 550 5.1.1 no such user here } }
                relayhost = [127.0.0.1]:%3$d
                """.formatted(folder, UNKNOWN, nextPort);
    }

    private String master() {
        return """
                127.0.0.1:%d inet n - n - - smtpd
                cleanup unix n - n - 0 cleanup
                qmgr unix n - n 300 1 qmgr
                rewrite unix - - n - - trivial-rewrite
                bounce unix - - n - 0 bounce
                defer unix - - n - 0 bounce
                trace unix - - n - 0 bounce
                proxymap unix - - n - - proxymap
                smtp unix - - n - - smtp
                error unix - - n - - error
                retry unix - - n - - error
                tlsmgr unix - - n 1000? 1 tlsmgr
                anvil unix - - n - 1 anvil
                postlog unix-dgram n - n - 1 postlogd
                """.formatted(port);
    }

    private Optional<ProcessHandle> master(Path pidFile) throws IOException {
        return Files.exists(pidFile)
                ? ProcessHandle.of(Long.parseLong(Files.readString(pidFile).strip()))
                : Optional.empty();
    }

    @Override
    public void close() throws Exception {
        Optional<ProcessHandle> master = master(folder.resolve("queue/pid/master.pid"));
        if (master.isPresent() && master.get().destroy()) {
            Awaitility.await("Postfix to end")
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> !master.get().isAlive());
        }
        ForeignProgram.run("coreutils", List.of("/bin/rm", "-r", folder.toString()));
    }
}
