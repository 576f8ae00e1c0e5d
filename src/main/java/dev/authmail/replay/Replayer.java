package dev.authmail.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.authmail.event.Header;
import dev.authmail.event.SourceRecord;
import dev.authmail.outcome.ReportHeaders;
import dev.authmail.topics.TopicScan;
import dev.authmail.topics.TopicWriter;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.IntConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Writes dead letters to the first retry topic: the value byte for byte, the key and foreign headers as they are. Each
 * is acknowledged before the next is written, so what was written is known when it stops half-way.
 */
public final class Replayer {
    /** What a retry record needs of what the letter says; why it died is left behind. */
    private static final List<String> CARRIED = List.of(
            ReportHeaders.EVENT_ID,
            ReportHeaders.SOURCE,
            ReportHeaders.ATTEMPTS,
            ReportHeaders.FIRST_ATTEMPT,
            ReportHeaders.LAST_ATTEMPT);

    private final TopicScan scan;
    private final TopicWriter writer;
    private final String deadLetters;
    private final String retry;
    private final Clock clock;
    private int written;
    private int tooLarge;

    /**
     * @param scan reads topics
     * @param writer writes
     * @param deadLetters topic of the dead letters
     * @param retry the first retry topic
     * @param clock tells when the replay begins to count
     */
    public Replayer(TopicScan scan, TopicWriter writer, String deadLetters, String retry, Clock clock) {
        this.scan = scan;
        this.writer = writer;
        this.deadLetters = deadLetters;
        this.retry = retry;
        this.clock = clock;
    }

    /**
     * Replays what the plan says. What Kafka refuses ends it with a {@link KafkaException}.
     *
     * @param since as in the plan's selection
     * @param again as in the plan
     * @param perSecond at most so many records a second
     * @param progress is told after each how many are written
     */
    public void replay(
            ReplayPlan plan, @Nullable Instant since, @Nullable String again, int perSecond, IntConsumer progress) {
        Pace pace = new Pace(perSecond);
        scan.read(deadLetters, since, letter -> {
            ReplayPlan.Position position = DeadLetter.position(letter);
            if (plan.letters().contains(position)) {
                pace.await();
                write(toRetry(letter, ReplayId.of(deadLetters, position, again)));
                progress.accept(written);
            }
        });
    }

    /** How many were written and acknowledged. */
    public int written() {
        return written;
    }

    /** How many were larger than the retry topic takes. */
    public int tooLarge() {
        return tooLarge;
    }

    private void write(ProducerRecord<byte[], byte[]> record) {
        try {
            writer.write(record);
            written++;
        } catch (RecordTooLargeException e) {
            tooLarge++; // for ever, so it must not stop those behind it
        }
    }

    private ProducerRecord<byte[], byte[]> toRetry(SourceRecord letter, String replay) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(retry, letter.key(), letter.value());
        Headers headers = record.headers();
        for (Header header : letter.headers()) {
            if (!header.name().toLowerCase(Locale.ROOT).startsWith(ReportHeaders.PREFIX)) {
                headers.add(header.name(), header.octets());
            }
        }
        CARRIED.forEach(name -> DeadLetter.text(letter, name).ifPresent(value -> put(headers, name, value)));
        String now = clock.instant().toString();
        put(headers, ReportHeaders.RECEIVED, received(letter));
        put(headers, ReportHeaders.NOT_BEFORE, now);
        put(headers, ReportHeaders.REPLAY, replay);
        put(headers, ReportHeaders.REPLAYED, now);
        return record;
    }

    /** The event keeps its time, or it would take the place of newer ones. */
    private static String received(SourceRecord letter) {
        return DeadLetter.text(letter, ReportHeaders.RECEIVED)
                .or(() -> DeadLetter.text(letter, ReportHeaders.FIRST_ATTEMPT))
                .orElseGet(() -> letter.timestamp().toString());
    }

    private static void put(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(UTF_8));
    }
}
