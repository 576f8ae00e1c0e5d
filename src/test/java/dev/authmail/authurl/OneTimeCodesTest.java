package dev.authmail.authurl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.authmail.address.Domain;
import dev.authmail.address.MailAddress;
import dev.authmail.authurl.OneTimeCodeVerifier.Verdict;
import dev.authmail.event.EventId;
import dev.authmail.event.RegistrationEvent;
import dev.authmail.keys.HmacKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The vectors were made by a program that shares no line with this project. */
class OneTimeCodesTest {
    private static final Duration LIFETIME = Duration.ofSeconds(CodeVectors.lifetime());

    static Stream<JsonNode> all() {
        return CodeVectors.all();
    }

    static Stream<JsonNode> made() {
        return CodeVectors.all().filter(v -> v.has("made"));
    }

    @ParameterizedTest
    @MethodSource("all")
    void verifierAgrees(JsonNode vector) {
        AtomicInteger tries = new AtomicInteger(vector.get("tries").asInt());
        Clock clock = at(vector.get("now").asLong());
        OneTimeCodeVerifier verifier =
                new OneTimeCodeVerifier(CodeVectors.keys(), LIFETIME, clock, id -> tries.incrementAndGet());

        Verdict verdict = verifier.verify(
                text(vector, "typed"),
                text(vector, "purpose"),
                text(vector, "event"),
                text(vector, "userId"),
                text(vector, "address"));

        String state = switch (verdict) {
            case Verdict.Right(String id) -> {
                assertThat(id)
                        .isEqualTo(
                                new EventId(text(vector, "event")).fingerprint().base64url());
                yield "right";
            }
            case Verdict.Wrong() -> "wrong";
            case Verdict.UsedUp() -> "used-up";
        };
        assertThat(state).isEqualTo(text(vector, "expect"));
        boolean counted = !text(vector, "name").endsWith("and no try");
        assertThat(tries).hasValue(vector.get("tries").asInt() + (counted ? 1 : 0));
    }

    @ParameterizedTest
    @MethodSource("made")
    void mailsHaveTheSame(JsonNode vector) {
        long now = vector.get("made").asLong();
        OneTimeCode code = codes(LIFETIME, at(now)).of(event(vector));

        assertThat(code.digits()).isEqualTo(text(vector, "typed").strip());
        long left = code.expires().getEpochSecond() - now;
        assertThat(left).isGreaterThan(LIFETIME.toSeconds()).isLessThanOrEqualTo(2 * LIFETIME.toSeconds());
    }

    @Test
    void whatTheMailPromisesIsKeptToTheSecond() {
        JsonNode vector = made().findFirst().orElseThrow();
        OneTimeCode code =
                codes(LIFETIME, at(vector.get("made").asLong() + 777)).of(event(vector));

        assertThat(verdict(code, vector, code.expires().minusSeconds(1))).isInstanceOf(Verdict.Right.class);
        assertThat(verdict(code, vector, code.expires())).isInstanceOf(Verdict.Wrong.class);
    }

    private static Verdict verdict(OneTimeCode code, JsonNode vector, Instant when) {
        Clock clock = Clock.fixed(when, ZoneOffset.UTC);
        return new OneTimeCodeVerifier(CodeVectors.keys(), LIFETIME, clock, id -> 1)
                .verify(
                        code.digits(),
                        text(vector, "purpose"),
                        text(vector, "event"),
                        text(vector, "userId"),
                        text(vector, "address"));
    }

    /** 20,000 codes fall evenly on 100 classes: χ² with 99 degrees of freedom stays below 160 but once in 10,000. */
    @Test
    void noCodeIsLikelier() {
        int[] first = new int[100];
        int[] last = new int[100];
        Set<String> different = new HashSet<>();
        for (int window = 0; window < 20_000; window++) {
            String digits = OneTimeCodeVerifier.digits(
                    CodeVectors.keys().getLast(), "verify-email", window, "id", "u-1", "a@good.test");
            different.add(digits);
            first[Integer.parseInt(digits.substring(0, 2))]++;
            last[Integer.parseInt(digits.substring(4))]++;
        }

        assertThat(different).hasSizeGreaterThan(19_500);
        assertThat(chiSquare(first)).isLessThan(160);
        assertThat(chiSquare(last)).isLessThan(160);
    }

    private static double chiSquare(int[] counts) {
        double sum = 0;
        for (int count : counts) {
            sum += (count - 200.0) * (count - 200.0) / 200;
        }
        return sum;
    }

    @Test
    void codeIsSecretInEveryTextForm() {
        JsonNode vector = made().findFirst().orElseThrow();
        OneTimeCode code = codes(LIFETIME, at(vector.get("made").asLong())).of(event(vector));

        assertThat(code.toString()).isEqualTo("OneTimeCode[***, expires=" + code.expires() + "]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT59.999S", "PT24H1S", "PT1M0.5S", "PT0S", "-PT1M"})
    void lifetimeIsWholeSecondsFromAMinuteToADay(String lifetime) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> codes(Duration.parse(lifetime), Clock.systemUTC()))
                .withMessageContaining("from a minute to a day");
    }

    @Test
    void weakKeysAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new OneTimeCodeVerifier(List.of(new byte[31]), LIFETIME, Clock.systemUTC(), id -> 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new OneTimeCodeVerifier(List.of(), LIFETIME, Clock.systemUTC(), id -> 1));
    }

    private static OneTimeCodes codes(Duration lifetime, Clock clock) {
        return new OneTimeCodes(new HmacKey(CodeVectors.keys().getLast()), lifetime, clock);
    }

    private static Clock at(long seconds) {
        return Clock.fixed(Instant.ofEpochSecond(seconds), ZoneOffset.UTC);
    }

    private static String text(JsonNode vector, String name) {
        return vector.get(name).asString();
    }

    private static RegistrationEvent event(JsonNode vector) {
        return new RegistrationEvent(
                new EventId(text(vector, "event")),
                RegistrationEvent.Kind.REGISTERED,
                text(vector, "userId"),
                new MailAddress("ignored", new Domain("example.test")),
                text(vector, "address"),
                null,
                Locale.ENGLISH,
                text(vector, "purpose"),
                null,
                false,
                Instant.EPOCH);
    }
}
