package dev.authmail.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;

/**
 * A real SMTP server on loopback that does what a test tells it, and otherwise what a good server does.
 *
 * <pre>{@code
 * try (ScriptedSmtpServer server = ScriptedSmtpServer.start()) {
 *     server.on("RCPT TO:<nobody@b.test>").reply("550 5.1.1 no such user");
 *     ... // send
 *     server.awaitMails(1).getFirst().text();
 * }
 * }</pre>
 *
 * A reaction holds for every command that begins as given, upper or lower case; of several the newest.
 */
public final class ScriptedSmtpServer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private volatile ServerSocket listener;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Script script = new Script();
    private final Set<SmtpPeer> open = ConcurrentHashMap.newKeySet();
    private final List<ReceivedMail> mails = new ArrayList<>();
    private final List<String> transcript = new ArrayList<>();
    private final List<InetAddress> clientAddresses = new ArrayList<>();
    private int connections;
    private int peakConnections;
    private int pipelined;
    private volatile Consumer<String> ear = line -> {};

    private ScriptedSmtpServer(ServerSocket listener) {
        this.listener = listener;
    }

    /** Listens on 127.0.0.1 at a port that is free. */
    public static ScriptedSmtpServer start() {
        return start("127.0.0.1", 0);
    }

    /**
     * Listens on that address, so that several servers can share a port as MX hosts do.
     *
     * @param address a loopback address such as {@code 127.0.0.2}
     * @param port 0 for one that is free
     */
    public static ScriptedSmtpServer start(String address, int port) {
        try {
            ScriptedSmtpServer server = new ScriptedSmtpServer(listen(InetAddress.getByName(address), port));
            server.threads.execute(server::accept);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on " + address + " port " + port, e);
        }
    }

    private static ServerSocket listen(InetAddress address, int port) throws IOException {
        ServerSocket listener = new ServerSocket();
        listener.setReuseAddress(true);
        listener.bind(new InetSocketAddress(address, port), 1000);
        return listener;
    }

    // ---- the script

    /** What to do at a command that begins like this. */
    public Reaction on(String command) {
        Reaction reaction = new Reaction(command);
        script.reactions.add(reaction);
        return reaction;
    }

    /** What to do instead of the greeting. */
    public Reaction onConnect() {
        return on(Script.CONNECT);
    }

    /** What to do when the whole message is there. */
    public Reaction onDot() {
        return on(Script.DOT);
    }

    /** Takes messages and cuts the connection before the 250. */
    public ScriptedSmtpServer cutAfterDot() {
        onDot().close();
        return this;
    }

    /** Answers 354 and then reads no further. */
    public ScriptedSmtpServer stopReadingAtData() {
        on("DATA").reply("354 go on").stallAfter(Duration.ofHours(1));
        return this;
    }

    /** Adds an extension to the answer to EHLO; the same keyword is replaced. */
    public ScriptedSmtpServer offer(String extension) {
        withhold(extension.split(" ")[0]);
        script.offers.add(extension);
        return this;
    }

    /** Takes an extension out of the answer to EHLO. */
    public ScriptedSmtpServer withhold(String keyword) {
        script.offers.removeIf(offer -> offer.equals(keyword) || offer.startsWith(keyword + " "));
        return this;
    }

    /** Offers STARTTLS with a certificate of {@link TestCertificates}. */
    public ScriptedSmtpServer startTls(SSLContext certificate) {
        script.certificate = certificate;
        return this;
    }

    /** Fails at STARTTLS. */
    public ScriptedSmtpServer startTls(StartTls how) {
        script.certificate = null;
        script.startTls = how;
        return this;
    }

    /** Speaks TLS from the first octet. */
    public ScriptedSmtpServer implicitTls(SSLContext certificate) {
        script.certificate = certificate;
        script.implicitTls = true;
        return this;
    }

    /** Takes mail from that user only, by AUTH PLAIN or LOGIN. */
    public ScriptedSmtpServer requireAuth(String username, String password) {
        script.username = username;
        script.password = password;
        return offer("AUTH PLAIN LOGIN");
    }

    /** Waits at each command, as a server far away does. */
    public ScriptedSmtpServer delayPerCommand(Duration delay) {
        script.delayPerCommand = delay;
        return this;
    }

    /** Tells each line of the transcript as it comes. */
    public ScriptedSmtpServer listen(Consumer<String> each) {
        ear = each;
        return this;
    }

    // ---- what happened

    /** The mails taken so far. */
    public synchronized List<ReceivedMail> mails() {
        return List.copyOf(mails);
    }

    /** Waits until so many mails were taken. */
    public synchronized List<ReceivedMail> awaitMails(int count) {
        await(() -> mails.size() >= count, count + " mails");
        return List.copyOf(mails);
    }

    /** The mails taken so far for one recipient. */
    public List<ReceivedMail> mailsTo(String recipient) {
        return mails().stream().filter(mail -> mail.to().equals(recipient)).toList();
    }

    /** Waits until so many mails were taken for one recipient. */
    public synchronized List<ReceivedMail> awaitMailsTo(String recipient, int count) {
        await(() -> mailsTo(recipient).size() >= count, count + " mails to " + recipient);
        return mailsTo(recipient);
    }

    /** Waits until all connections are closed. */
    public synchronized void awaitNoConnection() {
        await(open::isEmpty, "the last connection to be closed");
    }

    /** What was said, in order: {@code 1 C: EHLO …} and {@code 1 S: 250 …}, with the number of the connection. */
    public synchronized List<String> transcript() {
        return List.copyOf(transcript);
    }

    /** The commands of all clients that begin so, in whatever case, in order. */
    public synchronized List<String> commands(String beginning) {
        return transcript.stream()
                .filter(line -> line.matches("\\d+ C: .*"))
                .map(line -> line.substring(line.indexOf(": ") + 2))
                .filter(command -> command.regionMatches(true, 0, beginning, 0, beginning.length()))
                .toList();
    }

    /** How many connections were made. */
    public synchronized int connections() {
        return connections;
    }

    /** From where each connection came. */
    public synchronized List<InetAddress> clientAddresses() {
        return List.copyOf(clientAddresses);
    }

    /** How many connections there are now. */
    public int openConnections() {
        return open.size();
    }

    /** How many connections there were at a time. */
    public synchronized int peakConnections() {
        return peakConnections;
    }

    /** How many commands had the next one behind them before they were answered. RFC 2920. */
    public synchronized int pipelinedCommands() {
        return pipelined;
    }

    public InetAddress address() {
        return listener.getInetAddress();
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** Says a line to every client that nobody asked for. */
    public void say(String line) {
        for (SmtpPeer peer : open) {
            try {
                peer.send(List.of(line), Duration.ZERO);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    /** Hangs up on every client without a word, and goes on listening. */
    public void cutAll() {
        open.forEach(SmtpPeer::close);
        awaitNoConnection();
    }

    /** Closes its port and all connections, as a server that is down. */
    public void goDown() {
        closeListener();
        open.forEach(SmtpPeer::close);
        awaitNoConnection();
    }

    /** Listens on its port again. */
    public void comeUp() {
        try {
            listener = listen(listener.getInetAddress(), listener.getLocalPort());
            threads.execute(this::accept);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Forgets the script but not the certificate, and hangs up, so that the next client meets a good server. */
    public void behaveAgain() {
        script.reactions.clear();
        cutAll();
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
        closeListener();
        open.forEach(SmtpPeer::close);
        threads.shutdownNow();
        threads.close();
    }

    // ---- inside

    private void accept() {
        ServerSocket accepting = listener;
        while (!accepting.isClosed()) {
            try {
                Socket socket = accepting.accept();
                threads.execute(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try {
            SmtpPeer peer = new SmtpPeer(socket);
            ScriptedSession session = new ScriptedSession(this, script, peer, opened(peer));
            try {
                session.run();
            } finally {
                peer.close();
                closed(peer);
            }
        } catch (IOException e) {
            // The client hung up, or the script did.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized int opened(SmtpPeer peer) {
        clientAddresses.add(peer.address());
        open.add(peer);
        peakConnections = Math.max(peakConnections, open.size());
        return ++connections;
    }

    private synchronized void closed(SmtpPeer peer) {
        open.remove(peer);
        notifyAll();
    }

    synchronized void heard(int connection, String command, boolean moreBehind) {
        note(connection + " C: " + command);
        pipelined += moreBehind ? 1 : 0;
    }

    synchronized void said(int connection, List<String> lines) {
        lines.forEach(line -> note(connection + " S: " + line));
    }

    private void note(String line) {
        transcript.add(line);
        ear.accept(line);
    }

    synchronized void take(ReceivedMail mail) {
        mails.add(mail);
        notifyAll();
    }

    private synchronized void await(BooleanSupplier condition, String what) {
        long until = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (!condition.getAsBoolean()) {
                long left = (until - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    throw new AssertionError("waited in vain for " + what + ":\n" + String.join("\n", transcript));
                }
                wait(left);
            }
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted while waiting for " + what, e);
        }
    }
}
