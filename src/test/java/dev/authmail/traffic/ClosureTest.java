package dev.authmail.traffic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClosureTest {
    private static final Instant SINCE = Instant.parse("2026-11-24T06:00:00Z");
    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(ClosureTest.class.getResourceAsStream("/schemas/closure.schema.json"));

    @ParameterizedTest
    @EnumSource
    void whatIsWrittenIsReadAgainAndFitsTheSchema(Closure.State state) {
        Closure closure = closure("google.com", state, "550 5.7.25 \"no PTR\" 逆引き");

        assertThat(Closure.fromJson(closure.toJson())).contains(closure);
        assertThat(SCHEMA.validate(new String(closure.toJson(), UTF_8), InputFormat.JSON))
                .isEmpty();
        assertThat(closure.key()).isEqualTo("closure/direct/google.com");
    }

    @Test
    void aReplyIsOneShortLine() {
        assertThat(closure("a.test", Closure.State.CLOSED, "550 a\nb\u001b[31m\u2028")
                        .reply())
                .isEqualTo("550 a b [31m");
        assertThat(closure("a.test", Closure.State.CLOSED, "x".repeat(5000)).reply())
                .hasSize(300);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Google.com", "a/b", "例え.jp", "a b"})
    void aProviderIsADomainInLowerCase(String provider) {
        assertThatThrownBy(() -> closure(provider, Closure.State.CLOSED, ""))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aValueThatIsTooLargeIsNotRead() {
        String large = new String(closure("a.test", Closure.State.CLOSED, "").toJson(), UTF_8)
                .replace("\"by\":\"r1\"", "\"by\":\"" + "r".repeat(5000) + "\"");

        assertThat(large).hasSizeGreaterThan(5000);
        assertThat(Closure.fromJson(large.getBytes(UTF_8))).isEmpty();
    }

    private static Closure closure(String provider, Closure.State state, String reply) {
        return new Closure(provider, state, "google-ptr", reply, SINCE, SINCE.plus(Duration.ofHours(1)), 2, "r1");
    }
}
