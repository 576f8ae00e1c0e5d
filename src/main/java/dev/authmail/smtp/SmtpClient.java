package dev.authmail.smtp;

import dev.authmail.mail.SignedMessage;
import java.util.Optional;

/**
 * Opens conversations with servers. By itself it makes one connection for each message; {@link PooledSmtpTransport} keeps
 * them. Blocking, made for virtual threads. RFC 5321.
 */
public final class SmtpClient implements SmtpTransport {
    private final SmtpClientSettings settings;
    private final TlsUpgrade upgrade;
    private final Watchdog watchdog = new Watchdog();
    private final Dialogue dialogue;

    /** @param settings what every conversation has in common */
    public SmtpClient(SmtpClientSettings settings) {
        this(settings, Dialogue.SILENT);
    }

    /**
     * @param settings what every conversation has in common
     * @param dialogue hears what is said
     */
    public SmtpClient(SmtpClientSettings settings, Dialogue dialogue) {
        this.settings = settings;
        this.dialogue = dialogue;
        this.upgrade = new TlsUpgrade(settings.trust().trustManager());
    }

    @Override
    public Transaction offer(SmtpServer server, Envelope envelope, SignedMessage message, Deadline deadline) {
        return switch (open(server, deadline)) {
            case Opening.Ended ended -> ended.transaction();
            case Opening.Ready ready -> offerAndClose(ready.conversation(), envelope, message, deadline);
        };
    }

    private static Transaction offerAndClose(
            SmtpConversation conversation, Envelope envelope, SignedMessage message, Deadline deadline) {
        try {
            return conversation.offer(envelope, message, deadline);
        } finally {
            conversation.close();
        }
    }

    /** Brings a new connection to the point where it takes mail. */
    Opening open(SmtpServer server, Deadline deadline) {
        Opening opening = openOnce(server, deadline);
        return mayGoOnInClear(server, opening) ? openOnce(inClear(server), deadline) : opening;
    }

    private Opening openOnce(SmtpServer server, Deadline deadline) {
        SmtpSocket socket;
        try {
            Deadline limit = deadline.orIn(settings.timeouts().connect());
            socket = SmtpSocket.connect(server, settings.localAddress(), limit, watchdog);
        } catch (BrokenConversation e) {
            return new Opening.Ended(e.during(SmtpPhase.CONNECT, null));
        }
        dialogue.said(Dialogue.Speaker.NONE, "connected to " + server.label());
        return open(new SmtpConversation(server, socket, settings.timeouts(), dialogue), deadline);
    }

    private Opening open(SmtpConversation conversation, Deadline deadline) {
        SessionOpening steps = new SessionOpening(conversation, settings.ehloName(), upgrade);
        Optional<Transaction> end = conversation.attempt(deadline, steps::run, Optional::of);
        end.ifPresent(e -> conversation.close());
        return end.<Opening>map(Opening.Ended::new).orElseGet(() -> new Opening.Ready(conversation));
    }

    /** RFC 7435 §3: some TLS is better than none, and none better than no mail; but never for a password. */
    private static boolean mayGoOnInClear(SmtpServer server, Opening opening) {
        return server.tls() == TlsPolicy.OPPORTUNISTIC
                && server.credentials() == null
                && opening instanceof Opening.Ended(Transaction.Failed failed)
                && failed.phase() == SmtpPhase.TLS;
    }

    private static SmtpServer inClear(SmtpServer server) {
        return new SmtpServer(server.host(), server.address(), server.port(), TlsPolicy.NONE, null);
    }

    /** Nothing is kept, so nothing is closed. */
    @Override
    public void close() {}
}
