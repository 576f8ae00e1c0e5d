package dev.authmail.delivery;

import dev.authmail.address.Domain;
import dev.authmail.mail.SignedMessage;
import dev.authmail.smtp.Deadline;
import dev.authmail.smtp.Envelope;
import java.util.Optional;
import java.util.function.Supplier;

/** A hop that can be closed for a time. Mails then pass it by, as one that is switched off. */
public final class GatedHop implements Hop {
    private final Hop hop;
    private final Supplier<Optional<String>> closed;

    /**
     * @param hop behind the gate
     * @param closed says why no mail may take the hop now; empty when it may
     */
    public GatedHop(Hop hop, Supplier<Optional<String>> closed) {
        this.hop = hop;
        this.closed = closed;
    }

    @Override
    public String name() {
        return hop.name();
    }

    @Override
    public Route route() {
        return hop.route();
    }

    @Override
    public Optional<HopResult.Skipped> obstacle(Domain domain) {
        return closed.get().map(HopResult.Skipped::new).or(() -> hop.obstacle(domain));
    }

    @Override
    public HopResult offer(SignedMessage message, Envelope envelope, Deadline deadline) {
        Optional<String> why = closed.get();
        return why.isPresent() ? new HopResult.Skipped(why.get()) : hop.offer(message, envelope, deadline);
    }
}
