package dev.authmail.bench;

import dev.authmail.testkit.ScriptedSmtpServer;
import dev.authmail.testkit.TestCertificates;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A relay that is dead in one of the ways in which relays die. */
final class DeadRelay implements AutoCloseable {
    final int port;
    private final AutoCloseable server;

    private DeadRelay(int port, AutoCloseable server) {
        this.port = port;
        this.server = server;
    }

    /** The ways. */
    enum Death {
        /** Nobody listens. */
        REFUSES,
        /** It takes the connection and says nothing. */
        SILENT,
        /** 421 as its greeting. */
        BUSY,
        /** STARTTLS with a certificate that nobody vouches for. */
        BAD_CERTIFICATE
    }

    static DeadRelay of(Death death) throws IOException {
        return switch (death) {
            case REFUSES -> refusing();
            case SILENT -> silent();
            case BUSY -> {
                ScriptedSmtpServer server = ScriptedSmtpServer.start();
                server.onConnect().reply("421 4.3.2 too busy").close();
                yield new DeadRelay(server.port(), server);
            }
            case BAD_CERTIFICATE -> {
                ScriptedSmtpServer server = ScriptedSmtpServer.start();
                server.startTls(new TestCertificates().selfSigned("localhost"));
                yield new DeadRelay(server.port(), server);
            }
        };
    }

    private static DeadRelay refusing() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new DeadRelay(taken.getLocalPort(), () -> {});
        }
    }

    private static DeadRelay silent() throws IOException {
        ServerSocket listener = new ServerSocket(0, 1000, InetAddress.getLoopbackAddress());
        List<Socket> held = new CopyOnWriteArrayList<>();
        Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    held.add(listener.accept());
                }
            } catch (IOException closed) {
                // the bench is over
            }
        });
        return new DeadRelay(listener.getLocalPort(), () -> {
            listener.close();
            for (Socket socket : held) {
                socket.close();
            }
        });
    }

    @Override
    public void close() throws Exception {
        server.close();
    }
}
