package dev.authmail.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WireHeadersTest {
    private final WireHeaders headers = new WireHeaders();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CamelKafkaOverrideTopic",
                "camelkafkaoverridetopic",
                "mail.smtp.host",
                "To",
                "Subject",
                "authmail-attempts",
                "ce_id",
                "traceparent",
                ""
            })
    void noHeaderOfARecordReachesARoute(String name) {
        assertThat(headers.applyFilterToExternalHeaders(name, "x", null)).isTrue();
    }

    static Stream<Arguments> outwards() {
        return Stream.of(
                Arguments.of("authmail-reason", "rejected", true, "ours"),
                Arguments.of("ce_id", new byte[] {1}, true, "carried as it came"),
                Arguments.of("campaign", "x", true, "begins almost as Camel's do"),
                Arguments.of("CamelKafkaOverrideTopic", "x", false, "Camel's own"),
                Arguments.of("camelFileName", "x", false, "Camel's own in another case"),
                Arguments.of("CAMEL", "x", false, "Camel's own in capitals"),
                Arguments.of("count", 1, false, "no text"),
                Arguments.of("when", Instant.EPOCH, false, "no text"),
                Arguments.of("list", List.of("x"), false, "no text"),
                Arguments.of("nothing", null, false, "no value"));
    }

    @ParameterizedTest(name = "{0}: {3}")
    @MethodSource("outwards")
    void onlyTextsThatAStepSetReachARecord(String name, @Nullable Object value, boolean passes, String reason) {
        assertThat(headers.applyFilterToCamelHeaders(name, value, null))
                .as(reason)
                .isEqualTo(!passes);
    }
}
