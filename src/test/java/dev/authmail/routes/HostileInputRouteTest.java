package dev.authmail.routes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.testkit.Logs;
import dev.authmail.testkit.Outcome;
import dev.authmail.testkit.TestAuthmail;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A thousand records that are none, a thousand headers that mean harm: nothing leaks, nothing stops, nothing is lost. */
class HostileInputRouteTest {
    private static final int RECORDS = 1000;
    private static final int RECORDS_WITH_HEADERS = 100;
    private static final String SECRET = "hush";
    private static TestAuthmail authmail;

    @BeforeAll
    static void start() {
        authmail = new TestAuthmail().start();
    }

    @AfterAll
    static void stop() {
        authmail.close();
    }

    @Test
    void aThousandMalformedRecords() {
        List<IntFunction<byte[]>> kinds = List.of(
                i -> text("{\"userId\": \"%s-%d\", \"email\": ", i),
                i -> text("{\"userId\": \"u\", \"email\": \"%s\\u0000@good.test\", \"n\": %d}", i),
                i -> text("{\"userId\": 1, \"email\": \"%s@good.test\", \"n\": %d}", i),
                i -> ("[".repeat(100 + i) + "\"" + SECRET + "\"").getBytes(UTF_8),
                i -> text("{\"userId\": \"%s\", \"userId\": \"u\", \"email\": \"a@good.test\", \"n\": %d}", i),
                i -> text(
                        "{\"userId\": \"u\", \"email\": \"%s@good.test\", \"continueTo\": \"//evil.test/%1$s\", \"n\": %d}",
                        i),
                i -> text("{\"userId\": \"u\", \"email\": \"%s@good.test\", \"purpose\": \"../%1$s\", \"n\": %d}", i),
                i -> text("\"%s\" %d", i),
                HostileInputRouteTest::noise,
                i -> text(
                        "{\"specversion\":\"1.0\",\"type\":\"%s\",\"data\":{\"userId\":\"u\",\"email\":[\"%1$s@good.test\"]},\"n\":%d}",
                        i));
        try (Logs logs = Logs.ofThisJvm()) {
            for (int i = 0; i < RECORDS; i++) {
                authmail.publish(null, kinds.get(i % kinds.size()).apply(i), Map.of());
            }
            authmail.register("behind", "behind@good.test");

            authmail.outcome("behind", "accepted");
            List<ConsumerRecord<byte[], byte[]>> letters =
                    authmail.kafka().await(authmail.deadLetter(), RECORDS, r -> true);
            assertThat(letters)
                    .hasSize(RECORDS)
                    .allSatisfy(letter -> letter.headers()
                            .forEach(h ->
                                    assertThat(new String(h.value(), UTF_8)).doesNotContain(SECRET)));
            assertThat(authmail.kafka()
                            .await(
                                    authmail.outcomes(),
                                    RECORDS,
                                    r -> Outcome.of(r).type().equals("failed")))
                    .allSatisfy(r -> assertThat(new String(r.value(), UTF_8)).doesNotContain(SECRET));
            authmail.awaitAllCommitted(authmail.registrations());
            assertThat(logs.lines()).noneMatch(line -> line.contains(SECRET));
        }
    }

    @Test
    void aThousandHostileHeaders() {
        try (Logs logs = Logs.ofThisJvm()) {
            for (int i = 0; i < RECORDS_WITH_HEADERS; i++) {
                String json = "{\"id\":\"h-%d\",\"userId\":\"u-%1$d\",\"email\":\"h%1$d@good.test\"}".formatted(i);
                authmail.publish(null, json.getBytes(UTF_8), headers(i));
            }
            for (int i = 0; i < RECORDS_WITH_HEADERS; i++) {
                Outcome outcome = authmail.outcome("h-" + i, "accepted");
                assertThat(outcome.data("attempt")).isEqualTo("1");
                assertThat(outcome.toString()).doesNotContain(SECRET);
                assertThat(authmail.relay.mailsTo("h" + i + "@good.test"))
                        .singleElement()
                        .satisfies(mail -> assertThat(mail.text()).doesNotContain(SECRET, "evil.test"));
            }
            assertThat(authmail.relay.mailsTo("victim@good.test")).isEmpty();
            assertThat(logs.lines()).noneMatch(line -> line.contains(SECRET));
        }
    }

    /** Ten headers, other values each time. */
    private static Map<String, String> headers(int i) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("authmail-attempts", SECRET + i);
        headers.put("AUTHMAIL-Pinned-Hop", "evil.test:" + i);
        headers.put("authmail-not-before", "9999-01-01T00:00:00Z");
        headers.put("CamelKafkaOverrideTopic", SECRET + i);
        headers.put("kafka.OVERRIDE_TOPIC", SECRET + i);
        headers.put("To", "victim@good.test");
        headers.put("Bcc\r\nBcc: victim@good.test", SECRET);
        headers.put("mail.smtp.host", "evil.test");
        headers.put("subject", SECRET + "\r\n\r\n.\r\nMAIL FROM:<a@evil.test>");
        headers.put("x-" + i, SECRET.repeat(500));
        return headers;
    }

    private static byte[] text(String format, int i) {
        return format.formatted(SECRET, i).getBytes(UTF_8);
    }

    /** Octets that no text has, different for each number, the same at each run. */
    private static byte[] noise(int i) {
        byte[] octets = new byte[64];
        new Random(i).nextBytes(octets);
        octets[0] = (byte) 0xff;
        return octets;
    }
}
