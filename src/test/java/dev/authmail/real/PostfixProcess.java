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
 * Debian's Postfix on loopback, beside whatever the machine runs: its own configuration, queue and folder. Needs root.
 */
final class PostfixProcess implements AutoCloseable {
    // Where every Postfix keeps its own, and the services that each needs beside its doors.
    private static final String COMMON = """
            compatibility_level = 3.7
            queue_directory = %1$s/queue
            data_directory = %1$s/data
            maillog_file = %1$s/log
            maillog_file_prefixes = %1$s
            mydestination =
            mynetworks =
            inet_interfaces = loopback-only
            inet_protocols = ipv4
            alias_maps =
            alias_database =
            smtputf8_enable = yes
            """;
    private static final String SERVICES = """
            cleanup unix n - n - 0 cleanup
            qmgr unix n - n 300 1 qmgr
            rewrite unix - - n - - trivial-rewrite
            bounce unix - - n - 0 bounce
            defer unix - - n - 0 bounce
            trace unix - - n - 0 bounce
            proxymap unix - - n - - proxymap
            smtp unix - - n - - smtp
            virtual unix - n n - - virtual
            error unix - - n - - error
            retry unix - - n - - error
            tlsmgr unix - - n 1000? 1 tlsmgr
            anvil unix - - n - 1 anvil
            postlog unix-dgram n - n - 1 postlogd
            """;

    private final Path folder;

    private PostfixProcess(Path folder) {
        this.folder = folder;
    }

    /** What one kind of Postfix has of its own. */
    interface Configuration {
        /** Lines of main.cf; other files go into the folder. */
        String main(Path folder) throws Exception;

        /** Lines of master.cf: the doors. */
        String master(Path folder) throws Exception;
    }

    /** Starts one and waits until it listens. */
    static PostfixProcess start(Configuration configuration, String address, int port) throws Exception {
        Path folder = Files.createTempDirectory("postfix");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        PostfixProcess postfix = new PostfixProcess(folder);
        try {
            postfix.configure(configuration);
            ForeignProgram.run(
                    "postfix", List.of("/usr/sbin/postfix", "-c", conf(folder).toString(), "start"));
            Awaitility.await("Postfix to listen, see its log").until(() -> listens(address, port));
            return postfix;
        } catch (Exception e) {
            postfix.close();
            throw e;
        }
    }

    static Path conf(Path folder) {
        return folder.resolve("conf");
    }

    /** A port that is free on all addresses of loopback, as far as one can know. */
    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("0.0.0.0"))) {
            return socket.getLocalPort();
        }
    }

    String log() {
        try {
            return Files.exists(folder.resolve("log")) ? Files.readString(folder.resolve("log")) : "";
        } catch (IOException e) {
            return e.toString();
        }
    }

    private void configure(Configuration configuration) throws Exception {
        Files.createDirectories(conf(folder));
        Files.createDirectories(folder.resolve("queue"));
        Path data = Files.createDirectories(folder.resolve("data"));
        ForeignProgram.run("coreutils", List.of("/bin/chown", "postfix", data.toString()));
        Files.writeString(conf(folder).resolve("main.cf"), COMMON.formatted(folder) + configuration.main(folder));
        Files.writeString(conf(folder).resolve("master.cf"), configuration.master(folder) + SERVICES);
    }

    private static boolean listens(String address, int port) {
        try (Socket socket = new Socket(address, port)) {
            return socket.getInputStream().read() == '2';
        } catch (IOException e) {
            return false;
        }
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
