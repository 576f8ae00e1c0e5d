package dev.authmail.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.ledger.LedgerEntry;
import dev.authmail.ledger.LedgerEntry.State;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What Kafka holds of a user is found and told, and the ledger's part of it erased. */
class ForgetCommandTest {
    private static CommandTopics topics;

    @BeforeAll
    static void records() {
        topics = new CommandTopics("forget");
        topics.kafka.send(
                topics.registrations, null, json("{\"id\": \"1\", \"userId\": \"u-1\", \"email\": \"a@b\"}"), Map.of());
        topics.kafka.send(topics.registrations, "u-1", json("not JSON"), Map.of());
        topics.kafka.send(topics.registrations, null, json("not JSON"), Map.of());
        topics.kafka.send(
                topics.registrations,
                null,
                json("{\"specversion\": \"1.0\", \"data\": {\"userId\": \"u-1\"}}"),
                Map.of());
        topics.kafka.send(topics.registrations, null, json("{\"id\": \"2\", \"userId\": \"u-11\"}"), Map.of());
        topics.kafka.send(
                topics.outcomes,
                "u-1",
                json("{\"specversion\": \"1.0\", \"subject\": \"u-1\", \"data\": {}}"),
                Map.of());
        topics.kafka.send(
                topics.outcomes,
                "u-2",
                json("{\"specversion\": \"1.0\", \"subject\": \"u-2\", \"data\": {}}"),
                Map.of());
        topics.kafka.send(topics.deadLetter, "k", json("{\"userId\": \"u-1\"}"), Map.of("ce_specversion", "1.0"));
        stands("accepted", State.ACCEPTED, "u-1");
        stands("dead", State.DEAD, "u-1");
        stands("waiting", State.WAITING, "u-1");
        stands("other", State.ACCEPTED, "u-11");
    }

    @AfterAll
    static void stop() {
        topics.close();
    }

    @Test
    void theLedgerIsErasedAndWhatRemainsIsTold() {
        Run dry = forget("u-1");
        assertThat(dry.status()).as(dry.err()).isZero();
        assertThat(dry.out())
                .startsWith("To erase from " + topics.ledger + ": 2 entries. Nothing was written; --execute does it.\n")
                .contains("Left alone: 1 events that wait for their mail\n")
                .doesNotContain("u-1", "a@b");
        assertThat(dry.out().lines())
                .anyMatch(line -> line.matches(Pattern.quote(topics.registrations) + " +3 +\\S+Z +1"))
                .anyMatch(line -> line.matches(Pattern.quote(topics.retry) + " +0 +- +0"))
                .anyMatch(line -> line.matches(Pattern.quote(topics.outcomes) + " +1 +\\S+Z +0"));
        assertThat(until(dry, topics.registrations)).isBetween(inDays(7).minusSeconds(600), inDays(7));
        assertThat(until(dry, topics.deadLetter)).isBetween(inDays(14).minusSeconds(600), inDays(14));

        Run done = forget("u-1", "--execute");
        assertThat(done.status()).as("one still waits").isEqualTo(1);
        assertThat(done.out())
                .startsWith("Erased from " + topics.ledger + ": 2 entries, gone at its next compaction\n");
        assertThat(topics.kafka.await(topics.ledger, 2, r -> r.value() == null))
                .extracting(r -> new String(r.key(), UTF_8))
                .containsExactlyInAnyOrder("accepted", "dead");
        assertThat(forget("u-1").out()).contains(": 0 entries");
        assertThat(forget("u-11").out()).contains(": 1 entries");
        assertThat(forget("u-11", "--execute").status()).isZero();
    }

    @Test
    void noUserIsWrongUsage() {
        assertThat(forget(" ").status()).isEqualTo(2);
        assertThat(forget().status()).isEqualTo(2);
    }

    private static Run forget(String... arguments) {
        return Run.of(new ForgetCommand(topics::settings), arguments);
    }

    private static Instant until(Run run, String topic) {
        Matcher line = Pattern.compile(Pattern.quote(topic) + " +\\d+ +(\\S+Z)").matcher(run.out());
        assertThat(line.find()).isTrue();
        return Instant.parse(line.group(1));
    }

    private static Instant inDays(int days) {
        return Instant.now().plus(Duration.ofDays(days));
    }

    private static byte[] json(String text) {
        return text.getBytes(UTF_8);
    }

    private static void stands(String id, State state, String user) {
        LedgerEntry entry = new LedgerEntry(state, 1, Instant.now(), "s", Instant.now(), user, null, null, null, null);
        topics.kafka.send(topics.ledger, id, entry.toJson(), Map.of());
    }
}
