package dev.authmail.routes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.testkit.Letter;
import dev.authmail.testkit.Outcome;
import dev.authmail.testkit.ReadMail;
import dev.authmail.testkit.ReceivedMail;
import dev.authmail.testkit.TestAuthmail;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is tried later, when, by which way, and when it is given up. The tiers are 1 s, 2 s and 3 s. */
class RetryRouteTest {
    private static final Duration DEADLINE = Duration.ofMinutes(30);
    private static final Duration MAX_AGE = Duration.ofHours(1);
    private static TestAuthmail authmail;

    @BeforeAll
    static void start() {
        authmail = new TestAuthmail()
                .set("authmail.deadline", DEADLINE)
                .set("authmail.max-age", MAX_AGE)
                .start();
    }

    @AfterAll
    static void stop() {
        authmail.close();
    }

    @AfterEach
    void mendTheServers() {
        authmail.relay.behaveAgain();
        authmail.mx.behaveAgain();
        authmail.secondMx.behaveAgain();
    }

    @Test
    void greylistingIsPassedAtTheThirdAttempt() {
        refuse("grey", Integer.MAX_VALUE, 2);
        byte[] value = "{\"id\": \"grey-1\", \"userId\": \"u-grey\", \"email\": \"grey@good.test\"}".getBytes(UTF_8);
        String source = authmail.publish("key", value, Map.of("traceparent", "00-1"));

        assertThat(authmail.outcome("grey-1", "accepted").data("attempt")).isEqualTo("3");
        List<Outcome> outcomes = authmail.outcomesOf("grey-1");
        assertThat(outcomes).extracting(Outcome::type).containsExactly("deferred", "deferred", "accepted");
        assertThat(outcomes).allSatisfy(o -> assertThat(o.schemaProblems()).isEmpty());
        Outcome deferred = outcomes.getFirst();
        assertThat(deferred.data("userState")).isEqualTo("delayed");
        assertThat(deferred.data("final")).isEqualTo("false");
        assertThat(deferred.data("smtpReply")).isEqualTo("451");
        Letter first = authmail.retryRecord("1s", "grey-1");
        Letter second = authmail.retryRecord("2s", "grey-1");
        assertThat(first.value()).isEqualTo(value);
        assertThat(first.key()).isEqualTo("key");
        assertThat(first.header("traceparent")).isEqualTo("00-1");
        assertThat(first.says("attempts")).isEqualTo("1");
        assertThat(second.says("attempts")).isEqualTo("2");
        assertThat(second.says("source")).isEqualTo(source).isEqualTo(first.says("source"));
        assertThat(second.says("first-attempt")).isEqualTo(first.says("first-attempt"));
        assertThat(first.says("reason")).isNull();
        assertThat(first.says("pinned-hop")).isNull();
    }

    @Test
    void noAttemptIsMadeBeforeItIsDue() {
        refuse("due", Integer.MAX_VALUE, 2);
        authmail.register("due-1", "due@good.test");

        Instant third = Instant.parse(authmail.outcome("due-1", "accepted").data("lastAttempt"));
        Letter one = authmail.retryRecord("1s", "due-1");
        Letter two = authmail.retryRecord("2s", "due-1");
        assertThat(one.moment("not-before"))
                .isAfterOrEqualTo(one.moment("last-attempt").plusSeconds(1));
        assertThat(two.moment("last-attempt")).isAfterOrEqualTo(one.moment("not-before"));
        assertThat(two.moment("not-before"))
                .isAfterOrEqualTo(two.moment("last-attempt").plusSeconds(2));
        assertThat(third).isAfterOrEqualTo(two.moment("not-before"));
    }

    @Test
    void afterALostReplyOnlyTheSameHopIsTriedAndTheSecondMailIsRecognizable() {
        authmail.relay.onDot().close().times(1);
        authmail.register("lost-1", "lost@good.test");

        Outcome outcome = authmail.outcome("lost-1", "accepted");
        assertThat(outcome.data("route")).isEqualTo("relay");
        assertThat(outcome.data("attempt")).isEqualTo("2");
        Letter retry = authmail.retryRecord("3s", "lost-1");
        assertThat(retry.says("pinned-hop")).isEqualTo("relay");
        assertThat(retry.detail()).contains("may have taken the mail");
        assertThat(authmail.outcomesOf("lost-1").getFirst().data("userState")).isEqualTo("delayed");
        assertThat(authmail.mx.commands("RCPT TO:<lost@")).isEmpty();
        assertSecondMailIsRecognizable(authmail.relay.mailsTo("lost@good.test"));
    }

    private static void assertSecondMailIsRecognizable(List<ReceivedMail> mails) {
        assertThat(mails).hasSize(2);
        ReadMail first = ReadMail.of(mails.getFirst());
        ReadMail second = ReadMail.of(mails.getLast());
        assertThat(second.messageId()).isEqualTo(first.messageId());
        assertThat(second.link()).isNotEqualTo(first.link());
        var links = mails.stream().map(authmail.checks()::link).toList();
        assertThat(links.getLast().id()).isEqualTo(links.getFirst().id());
        assertThat(links.getLast().expires()).isAfter(links.getFirst().expires());
        assertThat(authmail.checks().dkim(mails.getLast())).allMatch(result -> result.endsWith(" pass"));
    }

    @Test
    void unconfirmedTwiceThePinIsLifted() {
        authmail.relay.onDot().close().times(2);
        authmail.register("twice-1", "twice@good.test");

        Letter pinned = authmail.retryRecord("3s", "twice-1");
        assertThat(pinned.says("pinned-hop")).isEqualTo("relay");
        assertThat(authmail.outcome("twice-1", "accepted").data("attempt")).isEqualTo("3");
        List<Letter> retries = authmail.kafka().seen(authmail.retry("3s")).stream()
                .map(Letter::new)
                .filter(letter -> "twice-1".equals(letter.says("event-id")))
                .toList();
        assertThat(retries).extracting(letter -> letter.says("pinned-hop")).containsExactly("relay", null);
    }

    @Test
    void aPinnedHopThatIsAtFaultIsNotWaitedFor() {
        authmail.relay.onDot().close().times(1);
        authmail.relay.on("RCPT TO:<gone@").reply("451 4.3.0 later");
        authmail.relay.on("RCPT TO:<gone@").reply("250 2.1.5 ok").times(1);
        authmail.register("gone-1", "gone@good.test");

        Outcome outcome = authmail.outcome("gone-1", "accepted");
        assertThat(outcome.data("route")).isEqualTo("direct");
        assertThat(outcome.data("attempt")).isEqualTo("3");
    }

    @Test
    void anEventWhoseDeadlineComesBeforeTheNextAttemptIsGivenUp() {
        refuse("late", Integer.MAX_VALUE, Integer.MAX_VALUE);
        publishOf(Instant.now().minus(DEADLINE).plusSeconds(4), "late");

        Letter letter = authmail.deadLetter("/t|late");
        assertThat(letter.reason()).isEqualTo("expired");
        assertThat(letter.detail()).startsWith("no further attempt fits before").contains("451 4.7.1 greylisted");
        assertThat(Integer.parseInt(letter.says("attempts"))).isPositive();
        assertThat(authmail.outcome("/t|late", "failed").data("userState")).isEqualTo("our-fault");
    }

    @Test
    void aFirstAttemptIsMadeEvenAfterTheDeadline() {
        publishOf(Instant.now().minus(DEADLINE).minusSeconds(60), "first");

        assertThat(authmail.outcome("/t|first", "accepted").data("attempt")).isEqualTo("1");
    }

    @Test
    void anEventThatWasNeverAttemptedAndIsTooOldGetsNoMail() {
        publishOf(Instant.now().minus(MAX_AGE).minusSeconds(60), "old");

        Letter letter = authmail.deadLetter("/t|old");
        assertThat(letter.reason()).isEqualTo("expired");
        assertThat(letter.says("attempts")).isNull();
        assertThat(authmail.outcome("/t|old", "failed").schemaProblems()).isEmpty();
        assertThat(authmail.relay.commands("RCPT TO:<old@")).isEmpty();
    }

    @Test
    void aMailedEventThatIsReadAgainWhenItIsTooOldIsNotGivenUp() {
        publishOf(Instant.now(), "mailed");
        authmail.outcome("/t|mailed", "accepted");

        publishOf(Instant.now().minus(MAX_AGE).minusSeconds(60), "mailed");
        authmail.awaitAllCommitted(authmail.registrations());

        assertThat(authmail.deadLettersOf("/t|mailed")).isEmpty();
        assertThat(authmail.outcomesOf("/t|mailed")).hasSize(1);
    }

    @Test
    void aPinnedRetryThatComesAfterTheDeadlineIsUnconfirmed() {
        Instant received = Instant.now().minus(DEADLINE).minusSeconds(60);
        retry("unsure", Map.of("authmail-received", received.toString(), "authmail-pinned-hop", "relay"));

        assertThat(authmail.deadLetter("unsure").reason()).isEqualTo("unconfirmed");
        assertThat(authmail.outcome("unsure", "failed").data("userState")).isEqualTo("delayed");
    }

    @Test
    void aRetryThatComesAfterTheDeadlineIsGivenUpAndKeepsItsHistory() {
        Instant received = Instant.now().minus(DEADLINE).minusSeconds(60);
        String first = received.plusSeconds(1).toString();
        String last = received.plusSeconds(2).toString();
        retry(
                "stale",
                Map.of(
                        "authmail-received",
                        received.toString(),
                        "authmail-attempts",
                        "2",
                        "authmail-first-attempt",
                        first,
                        "authmail-last-attempt",
                        last,
                        "authmail-source",
                        "registrations-3@17"));

        Letter letter = authmail.deadLetter("stale");
        assertThat(letter.reason()).isEqualTo("expired");
        assertThat(letter.says("attempts")).isEqualTo("2");
        assertThat(letter.says("first-attempt")).isEqualTo(first);
        assertThat(letter.says("last-attempt")).isEqualTo(last);
        assertThat(letter.says("source")).isEqualTo("registrations-3@17");
        assertThat(authmail.relay.commands("RCPT TO:<stale@")).isEmpty();
    }

    @Test
    void headersOfARetryRecordThatAreOutOfRangeAreTakenAsNotGiven() {
        String position = retry(
                "odd",
                Map.of(
                        "authmail-not-before", "9999-01-01T00:00:00Z",
                        "authmail-received", "9999-01-01T00:00:00Z",
                        "authmail-first-attempt", "9999-01-01T00:00:00Z",
                        "authmail-attempts", "-4",
                        "authmail-source", "not a\nposition",
                        "authmail-pinned-hop", "../relay"));

        Outcome outcome = authmail.outcome("odd", "accepted");
        assertThat(outcome.data("attempt")).isEqualTo("2");
        assertThat(outcome.data("source")).isEqualTo(position);
        assertThat(Instant.parse(outcome.data("firstAttempt")))
                .isBefore(Instant.now().plusSeconds(1));
        assertThat(outcome.schemaProblems()).isEmpty();
    }

    @Test
    void anEventIdThatAuthmailCannotHaveWrittenIsNotBelieved() {
        String position = retry("two\nlines", Map.of("authmail-source", "two\nlines"));

        assertThat(authmail.outcome(position, "accepted").data("source")).isEqualTo(position);
    }

    @Test
    void aPinToAHopThatNoLongerExistsIsLifted() {
        retry("nowhere", Map.of("authmail-pinned-hop", "nowhere", "authmail-attempts", "1"));

        assertThat(authmail.outcome("nowhere", "accepted").data("attempt")).isEqualTo("3");
    }

    /** The relay and both MX hosts defer a recipient so many times. */
    private static void refuse(String localPart, int timesAtTheRelay, int timesAtMxHosts) {
        String command = "RCPT TO:<" + localPart + "@";
        authmail.relay.on(command).reply("451 4.7.1 greylisted").times(timesAtTheRelay);
        authmail.mx.on(command).reply("451 4.7.1 greylisted").times(timesAtMxHosts);
        authmail.secondMx.on(command).reply("451 4.7.1 greylisted").times(timesAtMxHosts);
    }

    private static void publishOf(Instant time, String id) {
        String event = """
                {"specversion": "1.0", "id": "%s", "source": "/t", "type": "user.registered", "time": "%s",
                 "data": {"userId": "u-%s", "email": "%s@good.test"}}
                """.formatted(id, time, id, id);
        authmail.publish(null, event.getBytes(UTF_8), Map.of());
    }

    /** Puts a record on the first retry topic, as somebody may who has no business there; returns its position. */
    private static String retry(String eventId, Map<String, String> headers) {
        String email = eventId.replaceAll("\\W", "") + "@good.test";
        String event = "{\"userId\": \"u-%s\", \"email\": \"%s\"}".formatted(email, email);
        Map<String, String> all = new HashMap<>(headers);
        all.put("authmail-event-id", eventId);
        var record = authmail.kafka().send(authmail.retry("1s"), null, event.getBytes(UTF_8), all);
        return record.topic() + "-" + record.partition() + "@" + record.offset();
    }
}
