package dev.authmail.routes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.authmail.testkit.Letter;
import dev.authmail.testkit.Logs;
import dev.authmail.testkit.Outcome;
import dev.authmail.testkit.ReadMail;
import dev.authmail.testkit.TestAuthmail;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What cannot be a registration is a dead letter that says why, and delays nothing behind it. */
class BadInputRouteTest {
    private static TestAuthmail authmail;
    private static int good;

    @BeforeAll
    static void start() {
        authmail = new TestAuthmail().start();
    }

    @AfterAll
    static void stop() {
        authmail.close();
    }

    static Stream<Arguments> badEvents() {
        return Stream.of(
                event("no JSON", "{\"userId\": \"u\", \"email\": ", "invalid-event", "value: "),
                event("nothing", "", "invalid-event", "value: "),
                event("another type", "[1, 2]", "invalid-event", "value: "),
                event("no user", "{\"email\": \"a@good.test\"}", "invalid-event", "userId: is missing"),
                event("no address", "{\"userId\": \"u\"}", "invalid-event", "email: is missing"),
                event(
                        "a number",
                        "{\"userId\": 7, \"email\": \"a@good.test\"}",
                        "invalid-event",
                        "userId: must be a string"),
                event(
                        "a list",
                        "{\"userId\": \"u\", \"email\": [\"a@good.test\"]}",
                        "invalid-event",
                        "email: must be a string"),
                event("a purpose of no page", with("\"purpose\": \"reset\""), "invalid-event", "purpose: reset has no"),
                event("CR LF", address("a\\r\\nRCPT TO:<b@good.test>"), "invalid-address", "email: has"),
                event(
                        "CR LF in the name",
                        address("secret\\r\\nDATA@good.test"),
                        "invalid-address",
                        "email: has a con"),
                event("quoted", address("\\\"secret name\\\"@good.test"), "invalid-address", "email: has a quoted"),
                event("long", address("secret@" + "a23456789.".repeat(30) + "test"), "invalid-address", "email: has a"),
                event("another host", next("https://evil.test/"), "invalid-event", "continueTo: must be a path"),
                event("// and a host", next("//evil.test"), "invalid-event", "continueTo: must be a path"),
                event("/\\ and a host", next("/\\\\evil.test"), "invalid-event", "continueTo: must be a path"));
    }

    private static Arguments event(String name, String value, String reason, String detail) {
        return arguments(name, value.getBytes(UTF_8), reason, detail);
    }

    private static String with(String field) {
        return "{\"userId\": \"u\", \"email\": \"a@good.test\", " + field + "}";
    }

    private static String address(String email) {
        return "{\"userId\": \"u\", \"email\": \"" + email + "\"}";
    }

    private static String next(String path) {
        return with("\"continueTo\": \"" + path + "\"");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badEvents")
    void aBadEventIsADeadLetterAndTheNextOneIsNotDelayed(String name, byte[] value, String reason, String detail) {
        String position = authmail.publish("key", value, Map.of("authmail-attempts", "9", "x-trace", "t"));

        assertThatTheNextEventIsDelivered();
        Letter letter = authmail.deadLetter(position);
        assertThat(letter.reason()).isEqualTo(reason);
        assertThat(letter.fault()).isEqualTo("event");
        assertThat(letter.detail()).startsWith(detail).doesNotContain("secret", "evil.test/");
        assertThat(letter.value()).isEqualTo(value);
        assertThat(letter.key()).isEqualTo("key");
        assertThat(letter.header("x-trace")).isEqualTo("t");
        assertThat(letter.says("attempts")).as("not the forged one").isIn(null, "1");
        assertThat(letter.says("source")).isEqualTo(position);
        Outcome outcome = authmail.outcome(position, "failed");
        assertThat(outcome.schemaProblems()).isEmpty();
        assertThat(outcome.data("userState"))
                .isEqualTo(reason.equals("invalid-address") ? "address-unknown" : "our-fault");
        boolean userIsKnown = reason.equals("invalid-address") || name.equals("a purpose of no page");
        assertThat(outcome.attribute("subject"))
                .as("the user is known when only the address or the purpose is wrong")
                .isEqualTo(userIsKnown ? "u" : "");
    }

    @Test
    void aTombstoneIsADeadLetter() {
        String position = authmail.publish("key", null, Map.of());

        assertThatTheNextEventIsDelivered();
        Letter letter = authmail.deadLetter(position);
        assertThat(letter.detail()).isEqualTo("value: is missing (a tombstone)");
        assertThat(letter.value()).isNull();
    }

    @Test
    void twentyMegabytesAreADeadLetterByteForByte() {
        byte[] value = new byte[20_000_000];
        Arrays.fill(value, (byte) 'x');
        String position = authmail.publish(null, value, Map.of());

        assertThatTheNextEventIsDelivered();
        Letter letter = authmail.deadLetter(position);
        assertThat(letter.reason()).isEqualTo("invalid-event");
        assertThat(letter.detail()).isEqualTo("value: has 20000000 octets, more than the 262144 allowed");
        assertThat(Arrays.equals(letter.value(), value)).isTrue();
    }

    @ParameterizedTest(name = "{1}: {2}")
    @CsvSource({
        "locale-1, tlh, no templates in this language",
        "locale-2, no such tag, not a language tag",
        "locale-3, xx-YY-zz-11-22-33, a language nobody has"
    })
    void aReaderOfAnUnknownLanguageGetsTheDefault(String id, String locale, String reason) {
        authmail.register("{\"id\": \"%s\", \"userId\": \"u-%s\", \"email\": \"%s@good.test\", \"locale\": \"%s\"}"
                .formatted(id, id, id, locale));

        authmail.outcome(id, "accepted");
        ReadMail mail = ReadMail.of(authmail.relay.mailsTo(id + "@good.test").getFirst());
        assertThat(mail.field("Content-Language")).isEqualTo("en");
        assertThat(mail.subject()).isEqualTo("Confirm your email address for Example");
    }

    @Test
    void aForgedNumberOfAttemptsChangesNothing() {
        authmail.publish(
                null,
                "{\"id\": \"forged-1\", \"userId\": \"u-forged\", \"email\": \"forged@good.test\"}".getBytes(UTF_8),
                Map.of("authmail-attempts", "9999", "authmail-received", "2020-01-01T00:00:00Z"));

        assertThat(authmail.outcome("forged-1", "accepted").data("attempt")).isEqualTo("1");
    }

    @Test
    void nothingPersonalIsLogged() {
        authmail.relay.on("RCPT TO:<quote@").reply("550 5.1.1 <quote@good.test>: quote is unknown here");
        authmail.relay
                .on("RCPT TO:<hush@")
                .reply("451 4.3.0 <hush@good.test> later")
                .times(1);
        authmail.mx
                .on("RCPT TO:<hush@")
                .reply("451 4.3.0 <hush@good.test> later")
                .times(1);
        authmail.secondMx
                .on("RCPT TO:<hush@")
                .reply("451 4.3.0 <hush@good.test> later")
                .times(1);
        try (Logs logs = Logs.ofThisJvm()) {
            authmail.register("log-accepted", "whisper@good.test");
            authmail.register("log-refused", "quote@good.test");
            authmail.register("log-later", "hush@good.test");
            String broken =
                    authmail.publish(null, address("whisper\\r\\n@good.test").getBytes(UTF_8), Map.of());
            authmail.outcome("log-accepted", "accepted");
            authmail.outcome("log-refused", "failed");
            authmail.outcome("log-later", "accepted");
            authmail.outcome(broken, "failed");

            assertThat(logs.lines())
                    .anyMatch(line -> line.contains("event=log-accepted"))
                    .anyMatch(line -> line.contains("event=log-refused") && line.contains("…@good.test"))
                    .anyMatch(line -> line.contains("event=log-later"))
                    .noneMatch(line -> line.matches("(?is).*(whisper|quote[^d]|hush|山田|u-log-).*"))
                    .noneMatch(line -> line.matches("(?is).*(sig=|app\\.sender\\.test|bounce\\+|&id=|welcome).*"));
        }
    }

    private static void assertThatTheNextEventIsDelivered() {
        String id = "good-" + ++good;
        authmail.register(id, id + "@good.test");
        Outcome outcome = authmail.outcome(id, "accepted");
        assertThat(Long.parseLong(outcome.data("elapsedMillis"))).isLessThan(10_000);
    }
}
