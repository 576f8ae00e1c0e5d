package dev.authmail.camel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.delivery.RetrySchedule;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryTopicsTest {
    private static final Instant NOW = Instant.parse("2026-11-24T06:00:00Z");

    private final RetryTopics topics =
            new RetryTopics("authmail.retry", RetrySchedule.defaults().tiers(), Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void eachTierHasATopic() {
        assertThat(topics.names())
                .containsExactly("authmail.retry.30s", "authmail.retry.2m", "authmail.retry.10m", "authmail.retry.30m");
    }

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource(textBlock = """
            authmail.retry.30s,   true,  a tier
            authmail.retry.1h,    true,  a tier that is no longer in the settings
            authmail.retry,       false, the prefix alone
            authmail.retry-30s,   false, another topic
            registrations,        false, no retry topic
            """)
    void aRetryTopicIsToldByItsName(String topic, boolean contained, String reason) {
        assertThat(topics.contains(topic)).as(reason).isEqualTo(contained);
    }

    @ParameterizedTest(name = "{4}")
    @CsvSource(nullValues = "-", textBlock = """
            authmail.retry.30s, 06:00:00, 2026-11-24T06:00:20Z,           2026-11-24T06:00:20Z, as written
            authmail.retry.30s, 06:00:10, 2026-11-24T06:00:20Z,           2026-11-24T06:00:20Z, the same at each look
            authmail.retry.30s, 06:00:00, 2026-11-24T06:00:31Z,           2026-11-24T06:00:30Z, no later than the tier allows
            authmail.retry.30s, 06:00:29, 9999-12-31T23:59:59Z,           2026-11-24T06:00:30Z, and that limit comes
            authmail.retry.30s, 06:00:00, +1000000000-12-31T23:59:59Z,    2026-11-24T06:00:30Z, the greatest moment there is
            authmail.retry.30m, 06:00:00, 9999-12-31T23:59:59Z,           2026-11-24T06:30:00Z, each tier has its own limit
            authmail.retry.30s, 06:00:00, 2020-01-01T00:00:00Z,           2020-01-01T00:00:00Z, long due
            authmail.retry.30s, 05:59:50, 2026-11-24T06:00:30Z,           2026-11-24T06:00:30Z, written by a clock that is a little ahead
            authmail.retry.30s, 05:00:00, 9999-12-31T23:59:59Z,           -,                    a timestamp from the future is not waited for
            authmail.retry.30s, 06:00:00, tomorrow,                       -,                    no time: due at once
            authmail.retry.30s, 06:00:00, '',                             -,                    nothing: due at once
            authmail.retry.30s, 06:00:00, -,                              -,                    no header: due at once
            authmail.retry.1h,  06:00:00, 2026-11-24T06:00:20Z,           -,                    a tier that is gone: due at once
            registrations,      06:00:00, 2026-11-24T06:00:20Z,           -,                    no retry topic: the header is a stranger's
            """)
    void aRecordIsDueAtTheLatestOneTierAfterItWasWritten(
            String topic, String now, @Nullable String header, @Nullable Instant due, String reason) {
        var clock = Clock.fixed(Instant.parse("2026-11-24T" + now + "Z"), ZoneOffset.UTC);
        var looked = new RetryTopics("authmail.retry", RetrySchedule.defaults().tiers(), clock);

        assertThat(looked.of(record(topic, header))).as(reason).isEqualTo(due);
    }

    private static ConsumerRecord<byte[], byte[]> record(String topic, @Nullable String notBefore) {
        var headers = new RecordHeaders();
        if (notBefore != null) {
            headers.add("authmail-not-before", notBefore.getBytes(StandardCharsets.UTF_8));
        }
        return new ConsumerRecord<>(
                topic,
                0,
                0,
                NOW.toEpochMilli(),
                TimestampType.CREATE_TIME,
                0,
                0,
                new byte[0],
                new byte[0],
                headers,
                Optional.empty());
    }

    @Test
    void aHeaderWithoutAValueHoldsNothingBack() {
        var record = new ConsumerRecord<byte[], byte[]>("authmail.retry.30s", 0, 0, new byte[0], new byte[0]);
        record.headers().add("authmail-not-before", null);

        assertThat(topics.of(record)).isNull();
    }
}
