package dev.authmail.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.authmail.hold.Hold;
import dev.authmail.kafka.TopicFollower;
import dev.authmail.topics.TopicWriter;
import dev.authmail.traffic.Closure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** The state topic as commands read and write it. */
final class StateTopic {
    private final ServiceSettings settings;
    private final Clock clock;
    private final Map<String, Hold> holds = new ConcurrentHashMap<>();
    private final Map<String, Closure> closures = new ConcurrentHashMap<>();

    private StateTopic(ServiceSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** Reads it to its end. @throws CommandFailure when that takes too long */
    static StateTopic read(ServiceSettings settings, Clock clock) {
        return read(settings, clock, settings.patience());
    }

    /** Reads it to its end. @throws CommandFailure when that takes longer than the limit */
    static StateTopic read(ServiceSettings settings, Clock clock, Duration limit) {
        StateTopic state = new StateTopic(settings, clock);
        state.read(limit);
        return state;
    }

    private void read(Duration limit) {
        String topic = settings.topics().state();
        try (var follower = new TopicFollower(settings.kafka(), topic, null, this::take, clock)) {
            follower.start();
            if (!follower.awaitCaughtUp(limit)) {
                throw CommandFailure.notDone("the topic " + topic + " could not be read from " + settings.brokers()
                        + " in " + limit + "; is a broker up, and is the topic there?");
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw CommandFailure.notDone("stopped while the topic " + topic + " was read");
        }
    }

    private void take(String key, byte @Nullable [] value) {
        if (value == null) {
            holds.remove(key);
            closures.remove(key);
        } else if (key.startsWith(Closure.KEY_PREFIX)) {
            Closure.fromJson(value).ifPresent(closure -> closures.put(key, closure));
        } else if (key.startsWith(Hold.KEY_PREFIX)) {
            Hold.fromJson(value).ifPresent(hold -> holds.put(key, hold));
        }
    }

    /** The holds that are in force, the oldest first. */
    List<Hold> inForce() {
        return holds.values().stream()
                .filter(Hold::inForce)
                .sorted(Comparator.comparing(Hold::since))
                .toList();
    }

    /** The providers that get no direct mail, the longest closed first. */
    List<Closure> closed() {
        return closures.values().stream()
                .filter(closure -> closure.state() != Closure.State.OPEN)
                .sorted(Comparator.comparing(Closure::since))
                .toList();
    }

    /** Opens a provider; returns when Kafka has it. */
    void open(Closure closure) {
        Map<String, byte @Nullable []> record = new HashMap<>();
        record.put(closure.key(), null);
        send(record);
    }

    /** Writes holds, and tombstones for those that nothing needs any more; returns when Kafka has all. */
    void write(List<Hold> changed) {
        Map<String, byte @Nullable []> records = new HashMap<>();
        Instant now = clock.instant();
        holds.forEach((key, hold) -> {
            if (hold.isForgotten(now)) {
                records.put(key, null);
            }
        });
        changed.forEach(hold -> records.put(hold.key(), hold.toJson()));
        send(records);
    }

    private void send(Map<String, byte @Nullable []> records) {
        try (TopicWriter writer = settings.writer()) {
            records.forEach((key, value) ->
                    writer.write(new ProducerRecord<>(settings.topics().state(), key.getBytes(UTF_8), value)));
        } catch (KafkaException refused) {
            throw settings.failure(refused);
        }
    }
}
