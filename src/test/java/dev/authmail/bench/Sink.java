package dev.authmail.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.authmail.testkit.TestCertificates;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * An SMTP server that takes everything as fast as it can and keeps nothing, in a process of its own, so that its CPU time
 * is not the sender's. It prints its port and the file of its authority; then, for each line it reads, how many mails and
 * connections it has taken. It ends with its input.
 */
final class Sink {
    private static final String EHLO =
            "250-sink.test\r\n250-PIPELINING\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250-ENHANCEDSTATUSCODES\r\n";
    /** What the end of a message looks like. */
    private static final byte[] END = "\r\n.\r\n".getBytes(US_ASCII);

    private static final AtomicLong MAILS = new AtomicLong();
    private static final AtomicLong CONNECTIONS = new AtomicLong();

    private final Socket tcp;
    private final SSLContext tls;
    private InputStream in;
    private OutputStream out;

    private Sink(Socket tcp, SSLContext tls) throws IOException {
        this.tcp = tcp;
        this.tls = tls;
        use(tcp);
    }

    public static void main(String[] args) throws IOException {
        TestCertificates certificates = new TestCertificates();
        SSLContext tls = certificates.validFor("localhost");
        ServerSocket listener = new ServerSocket(0, 1000, InetAddress.getLoopbackAddress());
        System.out.println(listener.getLocalPort() + " " + certificates.pem());
        Thread.ofPlatform().daemon().start(() -> accept(listener, tls));
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, US_ASCII));
        while (input.readLine() != null) {
            System.out.println(MAILS + " " + CONNECTIONS);
        }
    }

    private static void accept(ServerSocket listener, SSLContext tls) {
        while (true) {
            try {
                Socket socket = listener.accept();
                CONNECTIONS.incrementAndGet();
                Thread.ofVirtual().start(() -> serve(socket, tls));
            } catch (IOException e) {
                return;
            }
        }
    }

    private static void serve(Socket socket, SSLContext tls) {
        try (socket) {
            socket.setTcpNoDelay(true);
            new Sink(socket, tls).run();
        } catch (IOException e) {
            // The client has gone.
        }
    }

    private void use(Socket socket) throws IOException {
        in = new BufferedInputStream(socket.getInputStream(), 16 * 1024);
        out = new BufferedOutputStream(socket.getOutputStream(), 1024);
    }

    private void run() throws IOException {
        say("220 sink.test ESMTP");
        for (String line = line(); line != null; line = line()) {
            String verb = line.substring(0, Math.min(4, line.length())).toUpperCase(Locale.ROOT);
            switch (verb) {
                case "EHLO" -> say(EHLO + (tcp == null ? "" : "250-STARTTLS\r\n") + "250 SIZE 10485760");
                case "STAR" -> encrypt();
                case "DATA" -> {
                    say("354 go on");
                    skipMessage();
                    MAILS.incrementAndGet();
                    say("250 2.0.0 taken");
                }
                case "QUIT" -> {
                    say("221 2.0.0 bye");
                    out.flush();
                    return;
                }
                default -> say("250 2.0.0 ok");
            }
        }
    }

    private void encrypt() throws IOException {
        say("220 2.0.0 go ahead");
        out.flush();
        SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket(tcp, null, tcp.getPort(), true);
        socket.setUseClientMode(false);
        use(socket);
    }

    private void say(String reply) throws IOException {
        out.write((reply + "\r\n").getBytes(US_ASCII));
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int octet = read(); octet != '\n'; octet = read()) {
            if (octet < 0) {
                return null;
            }
            line.append((char) octet);
        }
        return line.toString().strip();
    }

    private void skipMessage() throws IOException {
        int matched = 2; // The line of DATA has ended.
        for (int octet = read(); matched < END.length; octet = read()) {
            matched = octet == END[matched] ? matched + 1 : octet == '\r' ? 1 : 0;
            if (octet < 0 || matched == END.length) {
                return;
            }
        }
    }

    /** What was said leaves before anything is waited for. */
    private int read() throws IOException {
        if (in.available() == 0) {
            out.flush();
        }
        return in.read();
    }
}
