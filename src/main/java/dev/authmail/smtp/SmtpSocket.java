package dev.authmail.smtp;

import dev.authmail.smtp.Transaction.Failure;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.function.Function;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** Octets to and from one server, in clear text or, after {@link #encrypt}, in TLS. Every wait has an end. */
final class SmtpSocket {
    private static final int BUFFER_OCTETS = 4096;

    private final Watchdog watchdog;
    private final SocketChannel channel;
    private final Socket tcp;
    private final byte[] buffer = new byte[BUFFER_OCTETS];
    private InputStream in;
    private OutputStream out;
    private int next;
    private int end;

    private SmtpSocket(SocketChannel channel, Watchdog watchdog) throws IOException {
        this.channel = channel;
        this.tcp = channel.socket();
        this.watchdog = watchdog;
        this.in = tcp.getInputStream();
        this.out = tcp.getOutputStream();
    }

    /** Dials the address of the server; its name is not looked up. */
    static SmtpSocket connect(SmtpServer server, @Nullable InetAddress from, Deadline limit, Watchdog watchdog) {
        try {
            return connected(SocketChannel.open(), server, from, limit, watchdog);
        } catch (IOException e) {
            throw new BrokenConversation(
                    Failure.NO_CONNECTION, "cannot connect to " + server.label() + ": " + e.getMessage(), e);
        }
    }

    private static SmtpSocket connected(
            SocketChannel channel, SmtpServer server, @Nullable InetAddress from, Deadline limit, Watchdog watchdog)
            throws IOException {
        Socket tcp = channel.socket();
        try {
            tcp.setTcpNoDelay(true);
            if (from != null) {
                tcp.bind(new InetSocketAddress(from, 0));
            }
            tcp.connect(new InetSocketAddress(server.address(), server.port()), millis(limit));
            return new SmtpSocket(channel, watchdog);
        } catch (IOException e) {
            close(tcp);
            throw e;
        }
    }

    /** A step that reads or writes. */
    interface Step<T> {
        T run() throws IOException;
    }

    /** Runs a step within its time; closes the connection under it when the time is up. */
    <T> T within(Deadline limit, Step<T> step) {
        return within(limit, step, SmtpSocket::lost);
    }

    private <T> T within(Deadline limit, Step<T> step, Function<IOException, BrokenConversation> broken) {
        Duration time = limit.remaining();
        try (Watchdog.Guard guard = watchdog.guard(tcp, limit)) {
            return run(step, e -> guard.hasFired() ? late(time, e) : broken.apply(e));
        }
    }

    private static <T> T run(Step<T> step, Function<IOException, BrokenConversation> broken) {
        try {
            return step.run();
        } catch (IOException e) {
            throw broken.apply(e);
        }
    }

    /**
     * Hands all octets to the system, or breaks the conversation. When it breaks, the last octet was not handed over, so
     * the server cannot have it.
     */
    void write(byte[] octets, Deadline limit) {
        within(limit, () -> {
            out.write(octets);
            out.flush();
            return octets.length;
        });
    }

    /** The next octet; to be called {@linkplain #within within} a limit. */
    byte octet() throws IOException {
        if (next == end) {
            end = in.read(buffer);
            next = 0;
        }
        if (end < 0) {
            end = 0;
            throw new EOFException();
        }
        return buffer[next++];
    }

    /** Whether octets were read from the connection that nobody asked for yet. */
    boolean holdsUnreadOctets() {
        return next < end;
    }

    /** Whether nothing came since the last reply: no late reply, no farewell, no TLS alert. */
    boolean isQuiet() {
        try {
            return !holdsUnreadOctets()
                    && !tcp.isClosed()
                    && tcp.getInputStream().available() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether the other side has closed the connection, or says something that nobody asked for. Does not wait. */
    boolean hasEnded() {
        try {
            channel.configureBlocking(false);
            int read = channel.read(ByteBuffer.allocate(1));
            channel.configureBlocking(true);
            return read != 0;
        } catch (IOException e) {
            return true;
        }
    }

    /** Goes on in TLS. */
    TlsSession encrypt(TlsUpgrade upgrade, SmtpServer server, Deadline limit) {
        return within(
                limit,
                () -> {
                    SSLSocket tls = upgrade.handshake(tcp, server);
                    in = tls.getInputStream();
                    out = tls.getOutputStream();
                    return upgrade.describe(tls, server);
                },
                SmtpSocket::notEncrypted);
    }

    /** Closes the connection without a word. */
    void close() {
        close(tcp);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is given up anyway.
        }
    }

    private static int millis(Deadline limit) {
        // Zero would mean for ever.
        return Math.toIntExact(Math.clamp(limit.remaining().toMillis(), 1, Integer.MAX_VALUE));
    }

    private static BrokenConversation late(Duration time, IOException e) {
        return new BrokenConversation(
                Failure.TIMEOUT, "not done within " + Math.round(time.toMillis() / 100.0) / 10.0 + " s", e);
    }

    private static BrokenConversation lost(IOException e) {
        String detail = e instanceof EOFException
                ? "the server closed the connection"
                : "the connection was lost: " + e.getMessage();
        return new BrokenConversation(Failure.CONNECTION_LOST, detail, e);
    }

    private static BrokenConversation notEncrypted(IOException e) {
        return new BrokenConversation(Failure.TLS_HANDSHAKE, "the TLS handshake failed: " + e.getMessage(), e);
    }
}
