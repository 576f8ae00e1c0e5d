package dev.authmail.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.authmail.testkit.Letter;
import dev.authmail.testkit.TestAuthmail;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An event is mailed once, however often it is published, and a newer one takes the place of one that waits. */
class LedgerRouteTest {
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
    void anEventPublishedTwiceIsMailedOnce() {
        authmail.register("twice", "twice@good.test");
        authmail.outcome("twice", "accepted");

        authmail.register("twice", "twice@good.test");
        authmail.register("after-twice", "after@good.test");
        authmail.outcome("after-twice", "accepted");
        authmail.awaitAllCommitted(authmail.registrations());

        assertThat(authmail.relay.mailsTo("twice@good.test")).hasSize(1);
        assertThat(authmail.outcomesOf("twice")).hasSize(1);
    }

    @Test
    void anEventPublishedTwiceAtOnceIsMailedOnce() {
        authmail.relay.on("RCPT TO:<atonce@good.test>").stallAfter(Duration.ofSeconds(1));
        for (int i = 0; i < 5; i++) {
            authmail.register("at-once", "atonce@good.test");
        }
        authmail.outcome("at-once", "accepted");
        authmail.awaitAllCommitted(authmail.registrations());

        assertThat(authmail.relay.mailsTo("atonce@good.test")).hasSize(1);
    }

    @Test
    void aDeadEventIsNotTriedAgainWhenItIsPublishedAgain() {
        authmail.relay.on("RCPT TO:<dead@good.test>").reply("550 5.1.1 no such user");
        authmail.register("dead", "dead@good.test");
        authmail.deadLetter("dead");

        authmail.register("dead", "dead@good.test");
        authmail.awaitAllCommitted(authmail.registrations());

        assertThat(authmail.deadLettersOf("dead")).hasSize(1);
    }

    @Test
    void aDeadLetterThatIsReplayedIsMailedOncePerReplay() {
        authmail.relay
                .on("RCPT TO:<back@good.test>")
                .reply("550 5.1.1 no such user")
                .times(1);
        authmail.register("back", "back@good.test");
        Letter letter = authmail.deadLetter("back");
        String id = "authmail.dead-letter-0@7";

        Instant before = Instant.now();
        replay(letter, id, before);
        assertThat(authmail.outcome("back", "accepted").data("attempt")).isEqualTo("2");
        replay(letter, id, Instant.now());
        replay(letter, "overtaken", before);
        authmail.awaitAllCommitted(authmail.retry("1s"));
        assertThat(authmail.relay.mailsTo("back@good.test")).hasSize(1);

        replay(letter, "another-replay", Instant.now());
        await().untilAsserted(() ->
                assertThat(authmail.relay.mailsTo("back@good.test")).hasSize(2));
    }

    private static void replay(Letter letter, String id, Instant replayed) {
        authmail.kafka()
                .send(
                        authmail.retry("1s"),
                        letter.key(),
                        letter.value(),
                        Map.of(
                                "authmail-event-id", letter.says("event-id"),
                                "authmail-attempts", letter.says("attempts"),
                                "authmail-replay", id,
                                "authmail-replayed", replayed.toString()));
    }

    @Test
    void anEventThatIsMendedAndPublishedAgainIsMailed() {
        authmail.register("{\"id\": \"mended\", \"userId\": \"u-mended\"}");
        authmail.deadLetter("mended");

        authmail.register("mended", "mended@good.test");

        authmail.outcome("mended", "accepted");
    }

    @Test
    void anotherReplicaKnowsWhatThisOneHasMailed() {
        authmail.register("restarted", "restarted@good.test");
        authmail.outcome("restarted", "accepted");
        authmail.awaitAllCommitted(authmail.registrations());
        authmail.stop();
        authmail.start(); // reads the ledger as a new replica does

        authmail.register("restarted", "restarted@good.test");
        authmail.register("after-restart", "afterrestart@good.test");
        authmail.outcome("after-restart", "accepted");
        authmail.awaitAllCommitted(authmail.registrations());

        assertThat(authmail.relay.mailsTo("restarted@good.test")).hasSize(1);
    }

    @Test
    void aNewerEventOfTheUserTakesThePlaceOfOneThatWaits() {
        deferOnce("old@good.test");
        authmail.register(event("older", "u-1", "old@good.test", Instant.now().minusSeconds(60)));
        authmail.outcome("app|older", "deferred");

        authmail.register(event("newer", "u-1", "new@good.test", Instant.now()));
        authmail.outcome("app|newer", "accepted");

        assertThat(authmail.outcome("app|older", "superseded").data("reason")).isEqualTo("superseded");
        assertThat(authmail.relay.mailsTo("old@good.test")).isEmpty();
        assertThat(authmail.deadLetter("app|older").reason()).isEqualTo("superseded");
    }

    @Test
    void aCancellationEndsWhatWaits() {
        deferOnce("gone@good.test");
        authmail.register(
                event("to-cancel", "u-2", "gone@good.test", Instant.now().minusSeconds(60)));
        authmail.outcome("app|to-cancel", "deferred");

        authmail.register(event("cancellation", "u-2", "gone@good.test", Instant.now())
                .replace("example.registered", "example.cancelled"));

        authmail.outcome("app|cancellation", "superseded");
        authmail.outcome("app|to-cancel", "superseded");
        assertThat(authmail.relay.mailsTo("gone@good.test")).isEmpty();
    }

    private static void deferOnce(String address) {
        authmail.relay.on("RCPT TO:<" + address + ">").reply("451 4.3.0 later").times(1);
        authmail.mx
                .on("RCPT TO:<" + address + ">")
                .reply("451 4.7.1 greylisted")
                .times(1);
        authmail.secondMx
                .on("RCPT TO:<" + address + ">")
                .reply("451 4.7.1 greylisted")
                .times(1);
    }

    private static String event(String id, String user, String email, Instant time) {
        return """
                {"specversion": "1.0", "id": "%s", "source": "app", "type": "example.registered", "time": "%s",
                 "data": {"userId": "%s", "email": "%s"}}
                """.formatted(id, time, user, email);
    }
}
