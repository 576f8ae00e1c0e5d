package dev.authmail.testkit;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** The octets between a scripted session and its client. */
final class SmtpPeer {
    private final Socket tcp;
    private InputStream in;
    private OutputStream out;
    private String tls = "";

    SmtpPeer(Socket tcp) throws IOException {
        this.tcp = tcp;
        tcp.setTcpNoDelay(true);
        in = new BufferedInputStream(tcp.getInputStream());
        out = tcp.getOutputStream();
    }

    /** The next line with its end; null when the client has gone. */
    byte[] line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int octet = in.read();
        for (; octet >= 0 && octet != '\n'; octet = in.read()) {
            line.write(octet);
        }
        if (octet < 0) {
            return null;
        }
        line.write('\n');
        return line.toByteArray();
    }

    /** Waits until the client says anything at all. */
    void awaitOctet() throws IOException {
        in.read();
    }

    /** Whether the client sent more than it was answered. */
    boolean holdsMore() throws IOException {
        return in.available() > 0;
    }

    void send(List<String> lines, Duration perOctet) throws IOException, InterruptedException {
        byte[] octets = (String.join("\r\n", lines) + "\r\n").getBytes(StandardCharsets.UTF_8);
        if (perOctet.isZero()) {
            out.write(octets);
        } else {
            for (byte octet : octets) {
                Thread.sleep(perOctet);
                out.write(octet);
            }
        }
        out.flush();
    }

    void encrypt(SSLContext context) throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(tcp, null, tcp.getPort(), true);
        socket.setUseClientMode(false);
        socket.startHandshake();
        in = new BufferedInputStream(socket.getInputStream());
        out = socket.getOutputStream();
        tls = socket.getSession().getProtocol();
    }

    InetAddress address() {
        return tcp.getInetAddress();
    }

    /** The TLS protocol, empty for clear text. */
    String tls() {
        return tls;
    }

    /** The message up to its final dot, without the dots that DATA adds; null when the client has gone. */
    byte[] message() throws IOException {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        boolean atLineStart = true;
        for (byte[] line = line(); line != null; line = line()) {
            boolean dotted = atLineStart && line[0] == '.';
            if (dotted && line.length == 3 && line[1] == '\r') {
                return message.toByteArray();
            }
            message.write(line, dotted ? 1 : 0, line.length - (dotted ? 1 : 0));
            atLineStart = line.length > 1 && line[line.length - 2] == '\r';
        }
        return null;
    }

    /** So many octets as they are; null when the client has gone before the last. */
    byte[] octets(int count) throws IOException {
        byte[] octets = in.readNBytes(count);
        return octets.length == count ? octets : null;
    }

    void close() {
        try {
            tcp.close();
        } catch (IOException e) {
            // It is gone either way.
        }
    }
}
