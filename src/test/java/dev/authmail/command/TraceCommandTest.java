package dev.authmail.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.ledger.LedgerEntry;
import dev.authmail.ledger.LedgerEntry.State;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The story of an event is told from real topics, all of it and of no other event, without an address or a link. */
class TraceCommandTest {
    private static CommandTopics topics;
    private static String source;

    @BeforeAll
    static void records() {
        topics = new CommandTopics("trace");
        var first = topics.kafka.send(
                topics.registrations,
                "u-1",
                json("{'id': 'e-1', 'userId': 'u-1', 'email': 'hanako@good.test'}"),
                Map.of());
        source = first.topic() + "-" + first.partition() + "@" + first.offset();
        topics.kafka.send(
                topics.registrations,
                "u-2",
                json("{'id': 'e-2', 'userId': 'u-2', 'email': 'taro@good.test'}"),
                Map.of());
        topics.kafka.send(topics.registrations, "u-3", json("no JSON"), Map.of());
        topics.kafka.send(topics.outcomes, "u-1", outcome("e-1", source, "authmail.deferred", """
                'attempt': 1, 'fault': 'recipient', 'route': 'direct', 'nextHop': 'mx.good.test[192.0.2.1]:25',
                'smtpCommand': 'RCPT', 'smtpReply': 451, 'smtpStatus': '4.7.1',
                'smtpText': 'greylisted hanako@good.test https://app.test/verify?sig=abc', 'hiddenField': 'secret'"""), Map.of());
        topics.kafka.send(
                topics.retry,
                "u-1",
                json("{}"),
                Map.of(
                        "authmail-event-id", "e-1",
                        "authmail-source", source,
                        "authmail-attempts", "1",
                        "authmail-not-before", "2026-11-24T12:00:30Z",
                        "x-foreign", "hanako"));
        topics.kafka.send(
                topics.outcomes, "u-2", outcome("e-2", "other-0@1", "authmail.accepted", "'attempt': 1"), Map.of());
        topics.kafka.send(topics.outcomes, "u-1", json("not JSON"), Map.of());
        topics.kafka.send(
                topics.outcomes, "u-1", outcome("e-1", source, "authmail.invented", "'attempt': 9"), Map.of());
        topics.kafka.send(topics.outcomes, "u-1", outcome("e-1", source, "authmail.accepted", """
                'attempt': 2, 'tlsVersion': 'TLSv1.3', 'elapsedMillis': 31400"""), Map.of());
        topics.kafka.send(
                topics.deadLetter, null, json("{}"), Map.of("authmail-event-id", "e-3", "authmail-reason", "expired"));
        LedgerEntry entry =
                new LedgerEntry(State.ACCEPTED, 2, Instant.now(), "s", Instant.now(), "u-1", null, null, null, null);
        topics.kafka.send(topics.ledger, "e-1", entry.toJson(), Map.of());
    }

    @AfterAll
    static void stop() {
        topics.close();
    }

    @Test
    void theStoryIsToldInOrder() {
        Run run = trace("e-1");

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out().lines().filter(line -> !line.startsWith(" ")).map(line -> line.split(" +")[1]))
                .containsExactly("received", "deferred", "waits", "accepted", "stands");
        assertThat(run.out())
                .contains("purpose=verify-email domain=good.test")
                .contains("direct mx.good.test[192.0.2.1]:25 RCPT 451 4.7.1 greylisted …@good.test")
                .contains("notBefore=2026-11-24T12:00:30Z")
                .contains("tlsVersion=TLSv1.3 elapsedMillis=31400")
                .contains("state=accepted")
                .doesNotContain("hanako", "taro", "sig=", "secret", "u-1", "e-2");
    }

    @Test
    void programsGetOneObjectALine() {
        List<JsonNode> story = trace("e-1", "--json")
                .out()
                .lines()
                .map(line -> JsonMapper.shared().readTree(line))
                .toList();

        assertThat(story).hasSize(5);
        assertThat(story.get(0).get("record").asString()).isEqualTo(source);
        assertThat(story.get(1).get("smtpReply").asString()).isEqualTo("451");
        assertThat(story.get(3).get("what").asString()).isEqualTo("accepted");
    }

    @ParameterizedTest(name = "{0} {1}: {3}")
    @CsvSource(textBlock = """
            e-2,  ,          received accepted, another event has its own story
            e-3,  ,          dead-letter,       an event whose record is gone by retention
            e-4,  ,          ,                  nobody has heard of it
            e-1,  --age=0s,  ,                  all of it is older
            """)
    void whatIsNotThereIsNotTold(String event, String option, String words, String reason) {
        Run run = option == null ? trace(event) : trace(event, option);

        assertThat(run.status()).as(reason).isEqualTo(words == null ? 1 : 0);
        assertThat(run.out().lines().filter(line -> !line.startsWith(" ")).map(line -> line.split(" +")[1]))
                .containsExactly(words == null ? new String[0] : words.split(" "));
    }

    @Test
    void thePositionOfTheRecordIsANameToo() {
        assertThat(trace(source).out()).contains("received", "deferred", "waits", "accepted");
    }

    @ParameterizedTest
    @CsvSource({"--age=1y", "--age=-1d", "--age=", "--age=400d", "--age=99999999d"})
    void anAgeThatIsNoneIsWrongUsage(String option) {
        assertThat(trace("e-1", option).status()).isEqualTo(2);
        assertThat(Durations.parse("90m")).contains(Duration.ofMinutes(90));
    }

    private static Run trace(String... arguments) {
        return Run.of(new TraceCommand(topics::settings, Clock.systemUTC()), arguments);
    }

    private static byte[] outcome(String event, String position, String type, String data) {
        return json(
                "{'specversion': '1.0', 'type': '%s', 'subject': 'u', 'data': {'eventId': '%s', 'source': '%s', %s}}"
                        .formatted(type, event, position, data));
    }

    private static byte[] json(String text) {
        return text.replace('\'', '"').getBytes(UTF_8);
    }
}
