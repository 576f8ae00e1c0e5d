package dev.authmail.hold;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.authmail.address.Domain;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HoldTest {
    private static final Instant SINCE = Instant.parse("2026-11-24T06:00:00Z");
    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(HoldTest.class.getResourceAsStream("/schemas/hold.schema.json"));

    static Stream<Hold> holds() {
        return Stream.of(
                new Hold(HoldScope.EVERYTHING, SINCE, null, null),
                new Hold(HoldScope.EVERYTHING, SINCE, SINCE.plusSeconds(1), "relay moves, 移転"),
                new Hold(HoldScope.route("relay-2.b_C"), SINCE, null, null),
                new Hold(HoldScope.domain(new Domain("xn--r8jz45g.jp")), SINCE, null, "w".repeat(200)),
                new Hold(HoldScope.purpose("verify-email"), SINCE, null, null));
    }

    @ParameterizedTest
    @MethodSource("holds")
    void whatIsWrittenIsReadAgainAndFitsTheSchema(Hold hold) {
        assertThat(Hold.fromJson(hold.toJson())).contains(hold);
        assertThat(SCHEMA.validate(new String(hold.toJson(), UTF_8), InputFormat.JSON))
                .isEmpty();
    }

    @Test
    void keysTellScopeAndBeginning() {
        assertThat(holds().map(Hold::key))
                .isEqualTo(List.of(
                        "hold/everything/2026-11-24T06:00:00Z",
                        "hold/everything/2026-11-24T06:00:00Z",
                        "hold/route/relay-2.b_C/2026-11-24T06:00:00Z",
                        "hold/domain/xn--r8jz45g.jp/2026-11-24T06:00:00Z",
                        "hold/purpose/verify-email/2026-11-24T06:00:00Z"));
    }

    @Test
    void theOperatorsWordsAreOneShortLine() {
        assertThat(new Hold(HoldScope.EVERYTHING, SINCE, null, " a\nb\u001b[31m\u2028 ").why())
                .isEqualTo("a b [31m");
        assertThat(new Hold(HoldScope.EVERYTHING, SINCE, null, "w".repeat(5000)).why())
                .hasSize(200);
        assertThat(new Hold(HoldScope.EVERYTHING, SINCE, null, "\n").why()).isNull();
    }

    @Test
    void aValueThatIsTooLargeIsNotRead() {
        String large = "{\"scope\": \"everything\", \"since\": \"%s\", \"why\": \"%s\"}";

        assertThat(Hold.fromJson(large.formatted(SINCE, "w".repeat(100)).getBytes(UTF_8)))
                .isPresent();
        assertThat(Hold.fromJson(large.formatted(SINCE, "w".repeat(5000)).getBytes(UTF_8)))
                .isEmpty();
    }
}
