package dev.authmail.smtp;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Opens a conversation as for a mail, sends none, and tells what the server offered. Blocking. RFC 5321 §3.1, §3.2. */
public final class SmtpProbe {
    private final SmtpClientSettings settings;
    private final Watchdog watchdog = new Watchdog();

    /** @param settings as conversations have them */
    public SmtpProbe(SmtpClientSettings settings) {
        this.settings = settings;
    }

    /** What became of it. */
    public sealed interface Probed {
        /**
         * The server would take mail now.
         *
         * @param tls the TLS session, when one was made
         * @param certificateEnds when the server's certificate ends, when it was shown
         * @param maxSize octets of the largest message it takes, when it says so (RFC 1870)
         */
        record Ready(@Nullable TlsSession tls, Optional<Instant> certificateEnds, OptionalLong maxSize)
                implements Probed {}

        /**
         * It would not, or cannot be reached.
         *
         * @param outcome in which phase that ended, and how
         * @param certificateEnds when the server's certificate ends, when it was shown
         */
        record Ended(Transaction outcome, Optional<Instant> certificateEnds) implements Probed {}
    }

    /** What a server says to EHLO in clear. */
    public sealed interface Greeted {
        /**
         * It took it.
         *
         * @param line the first line of its answer, where many servers tell the client's address
         */
        record Said(String line) implements Greeted {}

        /** It did not, or cannot be reached. */
        record Ended(Transaction outcome) implements Greeted {}
    }

    /** Connects, says EHLO and QUIT. */
    public Greeted greet(SmtpServer server, Deadline deadline) {
        SmtpSocket socket;
        try {
            socket = connect(server, deadline);
        } catch (BrokenConversation e) {
            return new Greeted.Ended(e.during(SmtpPhase.CONNECT, null));
        }
        SmtpConversation conversation = new SmtpConversation(server, socket, settings.timeouts());
        Greeted greeted = conversation.attempt(deadline, () -> introduce(conversation), Greeted.Ended::new);
        conversation.close();
        return greeted;
    }

    private Greeted introduce(SmtpConversation conversation) {
        SmtpReply greeting = conversation.reply(SmtpPhase.GREETING);
        SmtpReply reply =
                greeting.isPositive() ? conversation.command(SmtpPhase.EHLO, "EHLO " + settings.ehloName()) : greeting;
        return reply.isPositive()
                ? new Greeted.Said(reply.lines().getFirst())
                : new Greeted.Ended(conversation.refused(reply));
    }

    private SmtpSocket connect(SmtpServer server, Deadline deadline) {
        Deadline limit = deadline.orIn(settings.timeouts().connect());
        return SmtpSocket.connect(server, settings.localAddress(), limit, watchdog);
    }

    /** Talks to a server up to the point where it takes mail, and says QUIT. */
    public Probed probe(SmtpServer server, Deadline deadline) {
        CertificateWitness witness = new CertificateWitness(settings.trust().trustManager());
        SmtpSocket socket;
        try {
            socket = connect(server, deadline);
        } catch (BrokenConversation e) {
            return new Probed.Ended(e.during(SmtpPhase.CONNECT, null), Optional.empty());
        }
        SmtpConversation conversation = new SmtpConversation(server, socket, settings.timeouts());
        SessionOpening steps = new SessionOpening(conversation, settings.ehloName(), new TlsUpgrade(witness));
        Optional<Transaction> end = conversation.attempt(deadline, steps::run, Optional::of);
        Probed probed = end.<Probed>map(outcome -> new Probed.Ended(outcome, witness.notAfter()))
                .orElseGet(() -> new Probed.Ready(
                        conversation.tls(),
                        witness.notAfter(),
                        conversation.capabilities().maxSize()));
        conversation.close();
        return probed;
    }
}
