package dev.authmail.config;

import dev.authmail.kafka.TopicFollower;
import dev.authmail.ledger.LedgerFollower;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Down while this replica does not know what stands in the ledger, the suppressions or the state topic: others may know more. */
final class FollowersHealth implements HealthIndicator {
    private static final Duration TOO_LONG = Duration.ofMinutes(1);

    private final LedgerFollower ledger;
    private final TopicFollower suppressions;
    private final TopicFollower state;
    private final Clock clock;

    FollowersHealth(LedgerFollower ledger, TopicFollower suppressions, TopicFollower state, Clock clock) {
        this.ledger = ledger;
        this.suppressions = suppressions;
        this.state = state;
        this.clock = clock;
    }

    @Override
    public Health health() {
        boolean up = isNear(ledger.knownUpTo()) && isNear(suppressions.knownUpTo()) && isNear(state.knownUpTo());
        return (up ? Health.up() : Health.down())
                .withDetail("ledgerKnownUpTo", words(ledger.knownUpTo()))
                .withDetail("suppressionsKnownUpTo", words(suppressions.knownUpTo()))
                .withDetail("stateKnownUpTo", words(state.knownUpTo()))
                .build();
    }

    private boolean isNear(Optional<Instant> knownUpTo) {
        return knownUpTo.filter(t -> t.plus(TOO_LONG).isAfter(clock.instant())).isPresent();
    }

    private static String words(Optional<Instant> knownUpTo) {
        return knownUpTo.map(Instant::toString).orElse("being read for the first time");
    }
}
