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

    /** Talks to a server up to the point where it takes mail, and says QUIT. */
    public Probed probe(SmtpServer server, Deadline deadline) {
        CertificateWitness witness = new CertificateWitness(settings.trust().trustManager());
        SmtpSocket socket;
        try {
            Deadline limit = deadline.orIn(settings.timeouts().connect());
            socket = SmtpSocket.connect(server, settings.localAddress(), limit, watchdog);
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
