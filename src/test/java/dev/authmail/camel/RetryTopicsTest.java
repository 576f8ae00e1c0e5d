package dev.authmail.camel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.delivery.RetrySchedule;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.apache.kafka.clients.consumer.ConsumerRecord;
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

    @ParameterizedTest(name = "{1} on {0}: {3}")
    @CsvSource(nullValues = "-", textBlock = """
            authmail.retry.30s, 2026-11-24T06:00:20Z,        2026-11-24T06:00:20Z, as it says
            authmail.retry.30s, 2026-11-24T06:00:30Z,        2026-11-24T06:00:30Z, the whole tier
            authmail.retry.30s, 2026-11-24T06:00:31Z,        2026-11-24T06:00:30Z, longer than the tier
            authmail.retry.30s, 9999-12-31T23:59:59Z,        2026-11-24T06:00:30Z, for ever
            authmail.retry.30s, +1000000000-12-31T23:59:59Z, 2026-11-24T06:00:30Z, as long as an instant can be
            authmail.retry.30m, 9999-12-31T23:59:59Z,        2026-11-24T06:30:00Z, each tier has its own limit
            authmail.retry.30s, 2026-11-24T05:00:00Z,        2026-11-24T05:00:00Z, long due
            authmail.retry.30s, tomorrow,                    -,                    no time: due at once
            authmail.retry.30s, '',                          -,                    nothing: due at once
            authmail.retry.30s, -,                           -,                    no header: due at once
            authmail.retry.1h,  2026-11-24T06:00:20Z,        -,                    a tier that is gone: due at once
            registrations,      2026-11-24T06:00:20Z,        -,                    no retry topic: the header is a stranger's
            """)
    void notBeforeIsAtMostTheTierAhead(String topic, @Nullable String header, @Nullable Instant due, String reason) {
        var record = new ConsumerRecord<byte[], byte[]>(topic, 0, 0, new byte[0], new byte[0]);
        if (header != null) {
            record.headers().add("authmail-not-before", header.getBytes(StandardCharsets.UTF_8));
        }

        assertThat(topics.of(record)).as(reason).isEqualTo(due);
    }

    @Test
    void aHeaderWithoutAValueHoldsNothingBack() {
        var record = new ConsumerRecord<byte[], byte[]>("authmail.retry.30s", 0, 0, new byte[0], new byte[0]);
        record.headers().add("authmail-not-before", null);

        assertThat(topics.of(record)).isNull();
    }
}
