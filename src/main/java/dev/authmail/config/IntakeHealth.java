package dev.authmail.config;

import dev.authmail.kafka.InFlight;
import java.time.Clock;
import java.time.Duration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Down while an event has been under way for so long that something must be wrong: Kafka takes no writes, or a step of a
 * route does not end. Its partition's commit waits for it.
 */
final class IntakeHealth implements HealthIndicator {
    private final InFlight inFlight;
    private final Duration alarm;
    private final Clock clock;

    /**
     * @param inFlight what is under way
     * @param alarm how long an event may be
     * @param clock tells how long it is
     */
    IntakeHealth(InFlight inFlight, Duration alarm, Clock clock) {
        this.inFlight = inFlight;
        this.alarm = alarm;
        this.clock = clock;
    }

    /** How long the oldest event has been under way; zero when none is. */
    Duration oldestOpen() {
        return inFlight.oldest()
                .map(since -> Duration.between(since, clock.instant()))
                .orElse(Duration.ZERO);
    }

    Duration alarm() {
        return alarm;
    }

    @Override
    public Health health() {
        Duration oldest = oldestOpen();
        return (oldest.compareTo(alarm) > 0 ? Health.down() : Health.up())
                .withDetail("inFlight", inFlight.total())
                .withDetail("oldestOpenSeconds", oldest.toSeconds())
                .withDetail("alarmSeconds", alarm.toSeconds())
                .build();
    }
}
