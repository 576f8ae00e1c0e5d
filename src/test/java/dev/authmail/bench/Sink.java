package dev.authmail.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.authmail.testkit.TestCertificates;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;

/**
 * An SMTP server that takes everything as fast as it can and keeps nothing, in a process of its own, so that its CPU time
 * is not the sender's. It prints its port and the file of its authority; then, for each line it reads, how many mails and
 * connections it has taken. It ends with its input.
 *
 * <p>Arguments: how many milliseconds whatever it says is on its way, whether it offers CHUNKING, and on how many
 * addresses it listens: 127.0.0.1, 127.0.1.1, 127.0.1.2 and so on.
 */
final class Sink {
    private static final AtomicLong MAILS = new AtomicLong();
    private static final AtomicLong CONNECTIONS = new AtomicLong();

    private final Duration delay;
    private final boolean chunking;
    private final SSLContext tls;

    private Sink(Duration delay, boolean chunking, SSLContext tls) {
        this.delay = delay;
        this.chunking = chunking;
        this.tls = tls;
    }

    public static void main(String[] args) throws IOException {
        TestCertificates certificates = new TestCertificates();
        SSLContext tls = certificates.validFor("localhost", "*.bench.test");
        Sink sink = new Sink(Duration.ofMillis(Long.parseLong(args[0])), Boolean.parseBoolean(args[1]), tls);
        int port = sink.listen(Integer.parseInt(args[2]));
        System.out.println(port + " " + certificates.pem());
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, US_ASCII));
        while (input.readLine() != null) {
            System.out.println(MAILS + " " + CONNECTIONS);
        }
    }

    private int listen(int addresses) throws IOException {
        int port = listen("127.0.0.1", 0);
        for (int host = 1; host <= addresses; host++) {
            listen(address(host), port);
        }
        return port;
    }

    /** The address of an MX host, counted from 1. */
    static String address(int host) {
        return "127.0." + (1 + host / 250) + "." + (1 + host % 250);
    }

    private int listen(String address, int port) throws IOException {
        ServerSocket listener = new ServerSocket();
        listener.bind(new InetSocketAddress(InetAddress.getByName(address), port), 1000);
        Thread.ofVirtual().start(() -> accept(listener));
        return listener.getLocalPort();
    }

    private void accept(ServerSocket listener) {
        while (true) {
            try {
                Socket socket = listener.accept();
                CONNECTIONS.incrementAndGet();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            Socket far = delay.isZero() ? socket : new FarSocket(socket, delay);
            new SinkConversation(far, tls, chunking, MAILS::incrementAndGet).run();
        } catch (IOException e) {
            // The client has gone.
        }
    }

    /** The command that starts one. */
    static List<String> arguments(Duration delay, boolean chunking, int addresses) {
        return Arrays.asList(Long.toString(delay.toMillis()), Boolean.toString(chunking), Integer.toString(addresses));
    }
}
