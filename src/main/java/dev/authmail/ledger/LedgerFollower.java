package dev.authmail.ledger;

import dev.authmail.event.EventId;
import dev.authmail.kafka.TopicFollower;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Fills the ledger of this process from the ledger topic: every replica sees every entry. */
public final class LedgerFollower implements AutoCloseable {
    private final Ledger ledger;
    private final TopicFollower follower;

    /**
     * @param client properties of a Kafka client
     * @param topic the ledger's
     * @param window how far back it is read
     * @param ledger takes in what is read
     * @param clock tells where the window begins
     */
    public LedgerFollower(Map<String, Object> client, String topic, Duration window, Ledger ledger, Clock clock) {
        this.ledger = ledger;
        this.follower = new TopicFollower(client, topic, window, this::learn, clock);
    }

    /** Begins to read, in a thread of its own. */
    public void start() {
        follower.start();
    }

    /** Waits until all that stood in the ledger at the start is known; false when that takes longer. */
    public boolean awaitCaughtUp(Duration limit) throws InterruptedException {
        return follower.awaitCaughtUp(limit);
    }

    /** Whether all that stood in the ledger at the start is known. */
    public boolean isCaughtUp() {
        return follower.isCaughtUp();
    }

    /** Up to when all that was written to the ledger is known; empty before its end was first reached. */
    public Optional<Instant> knownUpTo() {
        return follower.knownUpTo();
    }

    private void learn(String key, byte @Nullable [] value) {
        EventId.parse(key).ifPresent(event -> {
            if (value == null) {
                ledger.forget(event);
            } else {
                LedgerEntry.fromJson(value).ifPresent(entry -> ledger.learn(event, entry));
            }
        });
    }

    @Override
    public void close() {
        follower.close();
    }
}
