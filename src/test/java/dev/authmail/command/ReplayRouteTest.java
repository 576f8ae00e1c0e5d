package dev.authmail.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.config.SettingsOfCommands;
import dev.authmail.testkit.Letter;
import dev.authmail.testkit.ReceivedMail;
import dev.authmail.testkit.TestAuthmail;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** From a relay that refuses, over the dead letter and its replay, to one mail with a fresh link; on the whole service. */
class ReplayRouteTest {
    private static final Duration LIFETIME = Duration.ofHours(24);
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
    void aReplayedEventIsMailedOnceHoweverOftenItIsReplayed() {
        authmail.relay.on("RCPT TO:<hanako@good.test>").reply("550 5.1.1 no such user");
        authmail.register("replayed", "hanako@good.test");
        Letter letter = authmail.deadLetter("replayed");
        assertThat(letter.reason()).isEqualTo("rejected");
        assertThat(replay("--execute").out()).as("it is refused again").contains("Replayed: 1");
        authmail.kafka().await(authmail.deadLetter(), 2, r -> true);
        assertThat(authmail.retryRecord("1s", "replayed").moment("received"))
                .as("the event keeps its time")
                .isEqualTo(letter.moment("received"))
                .isBeforeOrEqualTo(letter.moment("first-attempt"));
        assertThat(replay().out()).contains("To replay: 1\n", "  1 older: ");

        Instant mended = Instant.now().minusSeconds(1);
        authmail.relay.behaveAgain();
        assertThat(replay("--execute").out()).contains("Replayed: 1");
        authmail.outcome("replayed", "accepted");
        ReceivedMail mail = authmail.relay.mailsTo("hanako@good.test").getFirst();
        assertThat(authmail.checks().link(mail).expires()).isAfter(mended.plus(LIFETIME));

        authmail.awaitAllCommitted(authmail.retry("1s"));
        assertThat(replay("--execute").out()).contains("To replay: 0\n", "  1 accepted: ", "Replayed: 0");
        writtenOnceMore(authmail.retryRecord("1s", "replayed"));
        authmail.awaitAllCommitted(authmail.retry("1s"));
        assertThat(authmail.relay.mailsTo("hanako@good.test")).hasSize(1);
        assertThat(authmail.deadLettersOf("replayed")).hasSize(2);
    }

    /** As two runs of the command that do not know of each other would. */
    private static void writtenOnceMore(Letter replayed) {
        Map<String, String> headers = replayed.headers();
        authmail.kafka().send(replayed.record().topic(), replayed.key(), replayed.value(), headers);
    }

    private static Run replay(String... arguments) {
        return Run.of(
                new ReplayCommand(() -> SettingsOfCommands.read(authmail.options()), Clock.systemUTC()), arguments);
    }
}
