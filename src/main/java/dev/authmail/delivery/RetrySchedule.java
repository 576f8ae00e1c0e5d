package dev.authmail.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * When a mail is tried again. RFC 5321 §4.5.4.1 asks for 30 minutes and days; this deviates, for a person waits for the
 * mail and the link in it dies. Greylisting (RFC 6647) is passed at the second or third try.
 */
public final class RetrySchedule {
    // An unconfirmed mail was probably delivered: leave its reader, and the server, time.
    private static final int UNCONFIRMED_TIER = 2;

    /** A held mail is put back this often: 100,000 of them are some 830 records a second, which disturb nobody. */
    public static final Duration LONGEST_WHILE_HELD = Duration.ofMinutes(2);

    private final List<Tier> tiers;

    /**
     * One tier, which is one retry topic.
     *
     * @param name the ending of the topic's name: {@code 30s}, {@code 2m}, {@code 1h}
     * @param delay the wait between two attempts
     */
    public record Tier(String name, Duration delay) {}

    /** @param delays the wait after the first, second … attempt, rising; the last repeats */
    public RetrySchedule(List<Duration> delays) {
        if (delays.isEmpty()) {
            throw new IllegalArgumentException("There are no retry tiers; name one at least, such as 30s");
        }
        for (int i = 0; i < delays.size(); i++) {
            Duration delay = delays.get(i);
            if (delay.compareTo(Duration.ofSeconds(1)) < 0 || (i > 0 && delay.compareTo(delays.get(i - 1)) <= 0)) {
                throw new IllegalArgumentException("Retry tiers are " + delays
                        + "; each must be longer than the one before, and the first one second or more");
            }
        }
        tiers = delays.stream().map(d -> new Tier(name(d), d)).toList();
    }

    /** 30 s, 2 min, 10 min, 30 min. */
    public static RetrySchedule defaults() {
        return new RetrySchedule(
                List.of(Duration.ofSeconds(30), Duration.ofMinutes(2), Duration.ofMinutes(10), Duration.ofMinutes(30)));
    }

    /** All tiers, the shortest first. */
    public List<Tier> tiers() {
        return tiers;
    }

    /**
     * The tier after an attempt, unless its wait would end after the deadline.
     *
     * @param attempt which attempt it was, 1 for the first
     * @param decision what that attempt came to: unconfirmed waits longer, and a rule can name a wait
     */
    public Optional<Tier> next(int attempt, Decision decision, Instant now, Instant deadline) {
        return before(deadline, tier(attempt, decision), now);
    }

    /**
     * The tier of a mail whose hops were all passed by, unless its wait would end after the deadline: no server was asked,
     * so it waits as long as it must and not as long as after an attempt.
     *
     * @param attempt which attempt it was, 1 for the first
     * @param wait after which a hop can be tried
     */
    public Optional<Tier> nextUnasked(int attempt, Duration wait, Instant now, Instant deadline) {
        return before(deadline, longEnough(tiers.indexOf(whileHeld(attempt)), wait), now);
    }

    private static Optional<Tier> before(Instant deadline, Tier tier, Instant now) {
        return now.plus(tier.delay()).isBefore(deadline) ? Optional.of(tier) : Optional.empty();
    }

    /**
     * The tier of a mail that is held back. At most {@link #LONGEST_WHILE_HELD} where there is such a tier: within that,
     * mail flows again once nothing holds it.
     *
     * @param round how many times in a row it is held now, 1 for the first
     */
    public Tier whileHeld(int round) {
        List<Tier> brief = tiers.stream()
                .filter(t -> t.delay().compareTo(LONGEST_WHILE_HELD) <= 0)
                .toList();
        return brief.isEmpty() ? tiers.getFirst() : brief.get(Math.clamp(round - 1, 0, brief.size() - 1));
    }

    /** The tier after an attempt, however near the deadline is. */
    public Tier tier(int attempt, Decision decision) {
        int turn = decision.step() == Step.UNCONFIRMED ? Math.max(attempt - 1, UNCONFIRMED_TIER) : attempt - 1;
        int first = Math.clamp(turn, 0, tiers.size() - 1);
        return longEnough(first, decision.atLeast());
    }

    private Tier longEnough(int first, Duration wait) {
        return IntStream.range(first, tiers.size())
                .mapToObj(tiers::get)
                .filter(t -> t.delay().compareTo(wait) >= 0)
                .findFirst()
                .orElse(tiers.get(tiers.size() - 1));
    }

    private static String name(Duration delay) {
        if (delay.toSeconds() % 3600 == 0) {
            return delay.toHours() + "h";
        }
        return delay.toSeconds() % 60 == 0 ? delay.toMinutes() + "m" : delay.toSeconds() + "s";
    }
}
