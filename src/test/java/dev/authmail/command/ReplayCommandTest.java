package dev.authmail.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.event.SourceRecord;
import dev.authmail.ledger.LedgerEntry;
import dev.authmail.ledger.LedgerEntry.State;
import dev.authmail.testkit.KafkaPeer;
import dev.authmail.testkit.Letter;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Dead letters of every kind on a real broker: which are replayed, which are not and why, and what is written. */
class ReplayCommandTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final Instant EVENT_TIME = NOW.minusSeconds(3600);
    private static CommandTopics topics;
    private static RecordMetadata rejected;

    @BeforeAll
    static void deadLetters() {
        topics = new CommandTopics("replay");
        rejected = die("rejected", "rejected", "one@good.test", Map.of("traceparent", "00-1", "authmail-detail", "no"));
        die("expired", "expired", "two@other.test", Map.of());
        die("bounced", "bounced", "three@good.test", Map.of());
        die("invalid", "invalid-event", "four@good.test", Map.of());
        die("twice", "rejected", "five@good.test", Map.of());
        die("twice", "rejected", "five@good.test", Map.of());
        die("waits", "rejected", "six@good.test", Map.of());
        stands("waits", State.WAITING, "s6", null);
        die("mailed", "rejected", "seven@good.test", Map.of());
        stands("mailed", State.DEAD, "s7", null);
        stands("mailed", State.ACCEPTED, "s7", null);
        RecordMetadata again = die("again", "rejected", "eight@good.test", Map.of());
        stands("again", State.DEAD, "s8", position(again));
        die("older", "rejected", "nine@good.test", Map.of());
        stands("older", State.DEAD, "s9", null);
        stands("z-newer", State.ACCEPTED, "s9", null);
        die("forgotten", "failed", "ten@good.test", Map.of());
        stands("forgotten", State.WAITING, "s10", null);
        topics.kafka.send(topics.ledger, "forgotten", null, Map.of());
        topics.kafka.send(topics.deadLetter, null, "not ours".getBytes(UTF_8), Map.of("authmail-reason", "rejected"));
        topics.kafka.send(
                topics.deadLetter,
                "k",
                new byte[0],
                Map.of("authmail-event-id", "too-large", "authmail-reason", "invalid-event"));
    }

    @AfterAll
    static void stop() {
        topics.close();
    }

    @Test
    void withoutExecuteNothingIsWrittenAndAllIsTold() {
        Run run = replay();

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out().lines())
                .contains(
                        "Dead letters in " + topics.deadLetter + ": 13, selected: 13",
                        "To replay: 4",
                        "  by reason: rejected 2, expired 1, failed 1",
                        "  by recipient domain: good.test 3, other.test 1",
                        "Not to replay: 9",
                        "Nothing was written. --execute replays them at 10 a second, in about 1s.");
        assertThat(run.out())
                .contains("  1 bounces: ", "  1 no dead letters of authmail", "  1 without the event", "  1 waiting: ")
                .contains("  1 accepted: ", "  1 superseded: ", "  1 already replayed", "  1 older: ", "  1 would end")
                .doesNotContain("Warning", "one@", "@good");
        List<SourceRecord> written = new ArrayList<>();
        topics.settings().scan().read(topics.retry, null, written::add);
        assertThat(written).allMatch(record -> "rejected".equals(record.header("authmail-event-id")));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            --reason rejected                                | 2
            --reason rejected,expired                        | 3
            --reason failed --reason expired                 | 2
            --reason superseded                              | 0
            --fault relay                                    | 4
            --fault sender                                   | 0
            --provider good.test                             | 4
            --provider google.com                            | 0
            --event-id expired --event-id rejected           | 2
            --event-id waits                                 | 0
            --since 2020-01-01T00:00:00Z                     | 4
            --since 2100-01-01T00:00:00Z                     | 0
            --until 2020-01-01T00:00:00Z                     | 0
            --reason invalid-event                           | 1
            --event-id again --again 2026-11-24              | 1
            """)
    void whatIsSelected(String arguments, int count) {
        Run run = replay((arguments + " --json").split(" "));

        JsonNode json = new JsonMapper().readTree(run.out());
        assertThat(json.path("toReplay").asInt()).as(run.out() + run.err()).isEqualTo(count);
        assertThat(json.path("replayed").asInt()).isZero();
    }

    @Test
    void withoutSupersedingANewerEventDoesNotCount() {
        Run run = Run.of(
                new ReplayCommand(() -> topics.settings("--authmail.superseding=false"), fixed()),
                "--event-id",
                "older");

        assertThat(run.out()).contains("To replay: 1\n");
    }

    @Test
    void anInvalidEventIsReplayedWithAWarning() {
        assertThat(replay("--reason", "invalid-event").out())
                .contains("To replay: 1\n", "Warning: what is invalid", "  1 without the event");
    }

    @Test
    void whatIsWrittenIsTheEventAsItWasAndRunningItAgainGivesTheSameName() {
        String[] arguments = {"--event-id", "rejected", "--execute", "--rate", "1000"};
        assertThat(replay(arguments).out()).contains("Replayed: 1, to " + topics.retry);
        assertThat(replay(arguments).status()).isZero();
        assertThat(replay("--event-id", "rejected", "--execute", "--again", "b").status())
                .isZero();

        List<Letter> written =
                topics
                        .kafka
                        .await(topics.retry, 3, r -> "rejected".equals(KafkaPeer.header(r, "authmail-event-id")))
                        .stream()
                        .map(Letter::new)
                        .toList();
        Letter first = written.getFirst();
        assertThat(first.key()).isEqualTo("key-rejected");
        assertThat(new String(first.value(), UTF_8)).isEqualTo(event("rejected", "one@good.test"));
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("traceparent", "00-1");
        headers.put("authmail-event-id", "rejected");
        headers.put("authmail-source", "registrations-0@1");
        headers.put("authmail-attempts", "3");
        headers.put("authmail-first-attempt", EVENT_TIME.plusSeconds(1).toString());
        headers.put("authmail-received", EVENT_TIME.toString());
        headers.put("authmail-not-before", NOW.toString());
        headers.put("authmail-replay", position(rejected));
        headers.put("authmail-replayed", NOW.toString());
        assertThat(first.headers()).containsExactlyInAnyOrderEntriesOf(headers);
        assertThat(written)
                .extracting(letter -> letter.says("replay"))
                .containsExactlyInAnyOrder(position(rejected), position(rejected), position(rejected) + ".b");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            --reason refused       | 2 | --reason refused is none; see authmail replay --help
            --fault nobody         | 2 | --fault nobody is none; see authmail replay --help
            --since yesterday      | 2 | --since yesterday is not a time, such as 2026-11-24T12:00:00Z or 1700000000
            --rate 0               | 2 | --rate 0 is not 1 to 10000 records a second
            --again x/y            | 2 | --again takes a name of [A-Za-z0-9_-]{1,16}, such as 2026-11-24
            """)
    void wrongUsageIsOneLine(String arguments, int status, String sentence) {
        Run run = replay(arguments.split(" "));

        assertThat(run.err()).isEqualTo(sentence + System.lineSeparator());
        assertThat(run.status()).isEqualTo(status);
    }

    @Test
    void aTopicThatIsMissingIsOneLine() {
        Run run = Run.of(new ReplayCommand(
                () -> topics.settings("--authmail.topics.dead-letter=nowhere", "--authmail.kafka.start-timeout=2s"),
                fixed()));

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err())
                .contains("missing", "authmail topics create makes it")
                .hasLineCount(1);
    }

    private static Run replay(String... arguments) {
        return Run.of(new ReplayCommand(() -> topics.settings(), fixed()), arguments);
    }

    private static Clock fixed() {
        return Clock.fixed(NOW, ZoneOffset.UTC);
    }

    private static RecordMetadata die(String id, String reason, String email, Map<String, String> more) {
        Map<String, String> headers = new LinkedHashMap<>(more);
        headers.put("authmail-event-id", id);
        headers.put("authmail-reason", reason);
        headers.put("authmail-fault", "relay");
        headers.put("authmail-next-hop", "mx1.good.test[127.0.0.1]:25");
        headers.put("authmail-attempts", "3");
        headers.put("authmail-first-attempt", EVENT_TIME.plusSeconds(1).toString());
        headers.put("authmail-received", EVENT_TIME.toString());
        headers.put("authmail-source", "registrations-0@1");
        headers.put("authmail-replay", "dead-0@1");
        return topics.kafka.send(
                topics.deadLetter, "key-" + id, event(id, email).getBytes(UTF_8), headers);
    }

    private static String event(String id, String email) {
        return "{\"id\": \"" + id + "\", \"userId\": \"u-" + id + "\", \"email\": \"" + email + "\"}";
    }

    private static void stands(String id, State state, String subject, @Nullable String replay) {
        LedgerEntry entry = new LedgerEntry(state, 1, NOW, subject, EVENT_TIME, "u-" + id, null, replay, null, null);
        topics.kafka.send(topics.ledger, id, entry.toJson(), Map.of());
    }

    private static String position(RecordMetadata record) {
        return record.topic() + "-" + record.partition() + "@" + record.offset();
    }
}
