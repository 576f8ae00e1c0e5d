package dev.authmail.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * An SMTP server for load: it keeps of each mail only recipient and Message-ID, and asks its {@link Gate} at each phase,
 * who may stop the world there. In clear text, with PIPELINING.
 */
public final class CountingSmtpServer implements AutoCloseable {
    /** Where a conversation is. */
    public enum Phase {
        /** A connection was made, nothing was said. */
        CONNECT,
        /** RCPT was read and not answered. */
        RCPT,
        /** DATA was answered 354, nothing of the message was read. */
        DATA,
        /** The whole message is there and counted; it was not answered. */
        DOT,
        /** The 250 was sent. */
        ANSWERED
    }

    /** Decides at each phase of each conversation; called in the conversation's own thread, which it may hold. */
    @FunctionalInterface
    public interface Gate {
        /** Everything goes its way. */
        Gate OPEN = (phase, recipient) -> null;

        /**
         * The reply to give in place of the server's own; null for its own. After 421 the connection is closed. At DATA
         * and ANSWERED, where the reply is out, only the closing counts.
         *
         * @param recipient address of RCPT; empty at CONNECT
         */
        @Nullable
        String at(Phase phase, String recipient) throws InterruptedException;
    }

    private static final String EHLO = "250-counting.test\r\n250-PIPELINING\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n"
            + "250-ENHANCEDSTATUSCODES\r\n250 SIZE 10485760";

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, List<String>> taken = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();
    private final Set<SmtpPeer> open = ConcurrentHashMap.newKeySet();
    private volatile ServerSocket listener;
    private volatile Gate gate = Gate.OPEN;
    private volatile Consumer<String> onTaken = recipient -> {};
    private final AtomicLong lastTaken = new AtomicLong(System.nanoTime());
    private final AtomicLong longestPause = new AtomicLong();

    private CountingSmtpServer(ServerSocket listener) {
        this.listener = listener;
        threads.execute(() -> accept(listener));
    }

    /**
     * Listens.
     *
     * @param address a loopback address
     * @param port 0 for one that is free
     */
    public static CountingSmtpServer start(String address, int port) {
        try {
            return new CountingSmtpServer(listen(InetAddress.getByName(address), port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ServerSocket listen(InetAddress address, int port) throws IOException {
        ServerSocket listener = new ServerSocket();
        listener.setReuseAddress(true);
        listener.bind(new InetSocketAddress(address, port), 1000);
        return listener;
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** From now on asks this gate. */
    public void gate(Gate next) {
        gate = next;
    }

    /** From now on tells this the recipient of each mail, as its final dot comes. */
    public void onTaken(Consumer<String> listener) {
        onTaken = listener;
    }

    /** The Message-IDs of the mails whose final dot came, by recipient, in order. */
    public Map<String, List<String>> taken() {
        return taken;
    }

    /** How many mails' final dots came. */
    public int count() {
        return count.get();
    }

    /** The longest time between two mails since the last call, up to now. */
    public Duration longestPause() {
        long since = System.nanoTime() - lastTaken.get();
        return Duration.ofNanos(Math.max(longestPause.getAndSet(0), since));
    }

    /** Waits until the clients of all connections have gone and what they had sent is read. */
    public void awaitNoConnection() {
        Awaitility.await("the end of all connections")
                .pollInterval(Duration.ofMillis(5))
                .atMost(Duration.ofMinutes(2))
                .until(open::isEmpty);
    }

    /** Closes its port and all connections. */
    public void goDown() {
        closeListener();
        open.forEach(SmtpPeer::close);
    }

    /** Listens again. */
    public void comeUp() {
        try {
            ServerSocket next = listen(listener.getInetAddress(), listener.getLocalPort());
            listener = next;
            threads.execute(() -> accept(next));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void closeListener() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        goDown();
        threads.shutdownNow();
        threads.close();
    }

    private void accept(ServerSocket accepting) {
        while (!accepting.isClosed()) {
            try {
                Socket socket = accepting.accept();
                threads.execute(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try {
            SmtpPeer peer = new SmtpPeer(socket);
            open.add(peer);
            try {
                new Conversation(peer).run();
            } finally {
                peer.close();
                open.remove(peer);
            }
        } catch (IOException gone) {
            // The client has gone, or the gate has sent it away.
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Conversation {
        private final SmtpPeer peer;
        private String recipient = "";

        Conversation(SmtpPeer peer) {
            this.peer = peer;
        }

        void run() throws IOException, InterruptedException {
            say(Phase.CONNECT, "220 counting.test ESMTP");
            for (byte[] line = peer.line(); line != null; line = peer.line()) {
                String command = new String(line, StandardCharsets.UTF_8).strip();
                String verb =
                        command.substring(0, Math.min(4, command.length())).toUpperCase(Locale.ROOT);
                switch (verb) {
                    case "EHLO" -> send(EHLO);
                    case "RCPT" -> rcpt(command);
                    case "DATA" -> data();
                    case "QUIT" -> {
                        send("221 2.0.0 bye");
                        return;
                    }
                    default -> send("250 2.0.0 ok");
                }
            }
        }

        private void rcpt(String command) throws IOException, InterruptedException {
            String address = command.substring(command.indexOf('<') + 1, command.lastIndexOf('>'));
            recipient = address;
            if (!say(Phase.RCPT, "250 2.1.5 ok")) {
                recipient = "";
            }
        }

        private void data() throws IOException, InterruptedException {
            if (recipient.isEmpty()) {
                send("503 5.5.1 no recipient");
                return;
            }
            send("354 go on");
            pass(Phase.DATA);
            byte[] message = peer.message();
            if (message == null) {
                throw new IOException("gone within the message");
            }
            take(recipient, message);
            say(Phase.DOT, "250 2.0.0 taken");
            pass(Phase.ANSWERED);
            recipient = "";
        }

        private void pass(Phase phase) throws IOException, InterruptedException {
            if (gate.at(phase, recipient) != null) {
                throw new IOException("sent away");
            }
        }

        /** Whether it was the server's own reply. */
        private boolean say(Phase phase, String own) throws IOException, InterruptedException {
            String other = gate.at(phase, recipient);
            send(other == null ? own : other);
            if (other != null && other.startsWith("421")) {
                throw new IOException("sent away");
            }
            return other == null;
        }

        private void send(String reply) throws IOException, InterruptedException {
            peer.send(List.of(reply), Duration.ZERO);
        }
    }

    private void take(String recipient, byte[] message) {
        taken.compute(recipient, (r, ids) -> with(ids, messageId(message)));
        count.incrementAndGet();
        onTaken.accept(recipient);
        long now = System.nanoTime();
        longestPause.accumulateAndGet(now - lastTaken.getAndSet(now), Math::max);
    }

    /** Most have one, so that hundreds of thousands take little room. */
    private static List<String> with(@Nullable List<String> ids, String id) {
        if (ids == null) {
            return List.of(id);
        }
        List<String> more = new ArrayList<>(ids);
        more.add(id);
        return List.copyOf(more);
    }

    private static String messageId(byte[] message) {
        String text = new String(message, StandardCharsets.ISO_8859_1);
        int begin = text.indexOf("\nMessage-ID:") + 12;
        return text.substring(begin, text.indexOf('\n', begin)).strip();
    }
}
