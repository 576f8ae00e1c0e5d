package dev.authmail.smtp;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.authmail.mail.SignedMessage;
import dev.authmail.smtp.Transaction.Failure;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One connection to one server and where the talk on it stands. {@link SessionOpening} brings it to the point where it
 * takes mail, {@link MailTransaction} hands over a message; both speak through here. For one thread at a time.
 */
final class SmtpConversation {
    private static final Duration QUIT = Duration.ofSeconds(1);

    private final SmtpServer server;
    private final Timeouts timeouts;
    private final SmtpSocket socket;
    private final ReplyReader replies;
    private final Dialogue dialogue;
    private Deadline deadline = Deadline.in(Duration.ZERO);
    private SmtpPhase phase = SmtpPhase.CONNECT;
    private EhloCapabilities capabilities = EhloCapabilities.NONE;
    private @Nullable TlsSession tls;
    private boolean inStep = true;
    private boolean transactionOpen;
    private boolean messageBegun;
    private boolean messageSent;

    SmtpConversation(SmtpServer server, SmtpSocket socket, Timeouts timeouts) {
        this(server, socket, timeouts, Dialogue.SILENT);
    }

    SmtpConversation(SmtpServer server, SmtpSocket socket, Timeouts timeouts, Dialogue dialogue) {
        this.server = server;
        this.socket = socket;
        this.timeouts = timeouts;
        this.replies = new ReplyReader(socket);
        this.dialogue = dialogue;
    }

    /** One transaction. RFC 5321 §3.3. */
    Transaction offer(Envelope envelope, SignedMessage message, Deadline until) {
        messageBegun = false;
        messageSent = false;
        MailTransaction transaction = new MailTransaction(this, envelope, message);
        return attempt(until, transaction::run, Function.identity());
    }

    /** Takes steps of the talk; what breaks it becomes a value. */
    <T> T attempt(Deadline until, Supplier<T> steps, Function<Transaction, T> broken) {
        deadline = until;
        try {
            return steps.get();
        } catch (BrokenConversation e) {
            drop();
            return broken.apply(e.during(messageSent ? SmtpPhase.DOT : phase, tls));
        }
    }

    /** Sends one command and waits for its reply. */
    SmtpReply command(SmtpPhase of, String line) {
        send(of, line + "\r\n");
        return reply(of);
    }

    /** Sends commands, each with its CRLF, in one write. RFC 2920 §3.1. */
    void send(SmtpPhase of, String lines) {
        phase = of;
        refuseWithdrawn();
        dialogue.sent(of, lines);
        socket.write(lines.getBytes(UTF_8), limit(timeouts.of(of)));
    }

    /** Not a word more about a mail that is not ours any longer; without its final dot the server has none of it. */
    private void refuseWithdrawn() {
        if (deadline.isWithdrawn()) {
            throw new BrokenConversation(Failure.WITHDRAWN, "the event of the mail went to another replica");
        }
    }

    /** Sends the message and its final dot. RFC 5321 §4.1.1.4. */
    void sendMessage(byte[] data) {
        phase = SmtpPhase.DATA;
        messageBegun = true;
        refuseWithdrawn();
        dialogue.said(Dialogue.Speaker.NONE, "the message, " + data.length + " octets");
        socket.write(data, limit(timeouts.message()));
    }

    /**
     * Sends commands and the message in one write. From then on the server may have the message, whatever it has not yet
     * answered: if no answer comes, nobody knows. RFC 3030 §4.2.
     */
    void sendWithMessage(String lines, byte[] data) {
        phase = SmtpPhase.MAIL;
        refuseWithdrawn();
        dialogue.sent(SmtpPhase.MAIL, lines);
        dialogue.said(Dialogue.Speaker.NONE, "the message, " + data.length + " octets");
        byte[] commands = lines.getBytes(UTF_8);
        byte[] all = Arrays.copyOf(commands, commands.length + data.length);
        System.arraycopy(data, 0, all, commands.length, data.length);
        socket.write(all, limit(timeouts.message()));
        messageBegun = true;
        messageSent = true;
    }

    /** Waits for the reply of a phase. */
    SmtpReply reply(SmtpPhase of) {
        phase = of;
        // Some servers answer nothing before they have looked at all that was sent.
        SmtpReply reply = replies.read(limit(timeouts.of(messageSent ? SmtpPhase.DOT : of)));
        dialogue.received(of, reply);
        inStep = inStep && keepsStep(of, reply);
        return reply;
    }

    /** Whether both sides still agree on what comes next. RFC 5321 §3.8: after a 421 the server closes. */
    private static boolean keepsStep(SmtpPhase phase, SmtpReply reply) {
        boolean isIntermediate = reply.code() / 100 == 3;
        return reply.code() != 421
                && switch (phase) {
                    case AUTH -> true;
                    case DATA -> !reply.isPositive();
                    case CONNECT, GREETING, EHLO, STARTTLS, TLS, MAIL, RCPT, DOT -> !isIntermediate;
                };
    }

    /** Goes on in TLS. What was learned in clear text is forgotten: RFC 3207 §4.2. */
    void startTls(TlsUpgrade upgrade) {
        if (socket.holdsUnreadOctets()) {
            // Somebody in between puts words into the encrypted session.
            throw new BrokenConversation(Failure.PROTOCOL, "clear text came after the reply to STARTTLS");
        }
        phase = SmtpPhase.TLS;
        capabilities = EhloCapabilities.NONE;
        tls = socket.encrypt(upgrade, server, limit(timeouts.handshake()));
        dialogue.said(
                Dialogue.Speaker.NONE,
                tls.protocol() + ", " + tls.cipher() + ", "
                        + (tls.verified()
                                ? "certificate verified"
                                : tls.certificate().sentence()));
        if (!willDo(tls)) {
            // RFC 7672 §2.2, RFC 8461 §4.2: not a word more to a server that is not the one that was meant.
            throw new BrokenConversation(
                    Failure.TLS_CERTIFICATE, tls.certificate().sentence());
        }
    }

    private boolean willDo(TlsSession session) {
        return switch (server.tls()) {
            case IMPLICIT, VERIFIED, MTA_STS -> session.verified();
            // RFC 7672 §2.2: without a usable record TLS is demanded, and nothing of the certificate.
            case DANE -> server.certificateCheck() == null || session.verified();
            case REQUIRED, OPPORTUNISTIC, NONE -> true;
        };
    }

    SmtpPhase phase() {
        return phase;
    }

    /** Whether the next reply belongs to the next command. */
    boolean isInStep() {
        return inStep;
    }

    /** Whether the next transaction can begin here. */
    boolean isUsable() {
        return inStep && socket.isQuiet();
    }

    /**
     * Whether the server has hung up, as far as can be seen without asking it. Looked at only where the message goes with
     * its envelope: else MAIL finds it out, and nothing is in doubt.
     */
    boolean hasHungUp() {
        return server.chunking() && socket.hasEnded();
    }

    /** Whether the server still answers. */
    boolean answersNoop(Deadline until) {
        return attempt(until, () -> command(SmtpPhase.MAIL, "NOOP").isPositive(), broken -> false);
    }

    /**
     * Whether that outcome only says that the server had hung up before: nothing of the message was sent, and another
     * connection may do.
     */
    boolean hadEnded(Transaction outcome) {
        return switch (outcome) {
            case Transaction.Failed failed -> failed.failure() == Failure.CONNECTION_LOST && !messageBegun;
            case Transaction.Refused refused ->
                refused.phase() == SmtpPhase.MAIL && refused.reply().code() == 421;
            case Transaction.Accepted accepted -> false;
            case Transaction.Unconfirmed unconfirmed -> false;
        };
    }

    /** Says QUIT, when the talk is in step, and hangs up without waiting for the answer. */
    void close() {
        if (inStep) {
            attempt(Deadline.in(QUIT), this::quit, broken -> false);
        }
        drop();
    }

    private boolean quit() {
        socket.write("QUIT\r\n".getBytes(UTF_8), deadline);
        return true;
    }

    /** Hangs up. */
    void drop() {
        inStep = false;
        socket.close();
    }

    SmtpServer server() {
        return server;
    }

    EhloCapabilities capabilities() {
        return capabilities;
    }

    void learn(EhloCapabilities offered) {
        capabilities = offered;
    }

    @Nullable
    TlsSession tls() {
        return tls;
    }

    /** Whether MAIL was accepted and neither the message nor RSET has ended the transaction. */
    boolean transactionOpen() {
        return transactionOpen;
    }

    void transactionOpen(boolean open) {
        transactionOpen = open;
    }

    Transaction.Refused refused(SmtpReply reply) {
        return new Transaction.Refused(phase, reply, tls);
    }

    Transaction.Failed failed(SmtpPhase of, Failure failure, String detail) {
        return new Transaction.Failed(of, failure, detail, tls);
    }

    private Deadline limit(Duration time) {
        return deadline.orIn(time);
    }
}
