package dev.authmail.routes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.testkit.ClockAhead;
import dev.authmail.testkit.KafkaPeer;
import dev.authmail.testkit.Outcome;
import dev.authmail.testkit.ReadMail;
import dev.authmail.testkit.TestAuthmail;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.context.annotation.Bean;

/** The recipes second-relay, archive and night run as they stand and do what they say. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RecipeRouteTest {
    private static final Duration HALF_A_NIGHT = Duration.ofHours(2);
    private static final ClockAhead CLOCK = new ClockAhead();
    private static Recipes recipes;
    private static TestAuthmail authmail;

    @BeforeAll
    static void startAtNight() throws Exception {
        DateTimeFormatter time = DateTimeFormatter.ofPattern("HH:mm").withZone(ZoneOffset.UTC);
        Instant now = Instant.now();
        authmail = new TestAuthmail().with(Watch.class);
        authmail.dns.zone("docomo.ne.jp", "@ IN MX 10 mx1.good.test.\n");
        authmail.set(
                "authmail.quiet-hours.time",
                time.format(now.minus(HALF_A_NIGHT)) + "-" + time.format(now.plus(HALF_A_NIGHT)));
        recipes = new Recipes(authmail, "backup", "authmail.archive", List.of("second-relay", "archive", "night"));
    }

    @AfterEach
    void behaveAgain() {
        recipes.behaveAgain();
    }

    @AfterAll
    static void stop() {
        recipes.close();
    }

    @Test
    @Order(1)
    void theSecondRelayTakesWhatTheFirstDoesNot() {
        Recipes.refuse(authmail.relay, "first@good.test");
        authmail.register("first", "first@good.test");
        recipes.assertTaken("first", "first@good.test", recipes.relay);

        Recipes.refuse(authmail.relay, "both@good.test");
        Recipes.refuse(recipes.relay, "both@good.test");
        authmail.register("both", "both@good.test");
        recipes.assertTaken("both", "both@good.test", authmail.mx);

        authmail.register("none", "none@good.test");
        recipes.assertTaken("none", "none@good.test", authmail.relay);
    }

    @Test
    @Order(2)
    void theArchiveHasWhatWasSentWithALinkThatIsNotGood() {
        authmail.relay.on("RCPT TO:<unknown@good.test>").reply("550 5.1.1 no such user");
        authmail.register("unknown", "unknown@good.test");
        authmail.finalOutcome("unknown");
        authmail.register("kept", "kept@good.test");

        ConsumerRecord<byte[], byte[]> record = recipes.peer.await(recipes.topic, r -> key(r).equals("kept"));

        ReadMail copy = ReadMail.of(record.value());
        ReadMail sent =
                ReadMail.of(authmail.relay.awaitMailsTo("kept@good.test", 1).getFirst());
        assertThat(sent.link().toString()).doesNotEndWith("withheld");
        assertThat(copy.link().toString()).endsWith("&sig=withheld");
        assertThat(withoutSignature(copy.text())).isEqualTo(withoutSignature(sent.text()));
        assertThat(copy.html()).contains("sig=withheld");
        assertThat(copy.field("To")).isEqualTo(sent.field("To"));
        assertThat(copy.messageId()).isEqualTo(sent.messageId());
        assertThat(KafkaPeer.header(record, "content-type")).isEqualTo("message/rfc822");
        assertThat(authmail.outcome("kept", "accepted").schemaProblems()).isEmpty();
        assertThat(recipes.peer.seen(recipes.topic)).noneMatch(r -> key(r).equals("unknown"));
    }

    /** The last: afterwards it is later. */
    @Test
    @Order(3)
    void aMailToAPhoneWaitsUntilTheMorning() {
        authmail.register("phone", "phone@docomo.ne.jp");
        authmail.register("desk", "desk@good.test");

        authmail.outcome("desk", "accepted");
        Outcome waits = authmail.outcome("phone", "deferred");
        assertThat(waits.schemaProblems()).isEmpty();
        assertThat(waits.data("detail")).startsWith("quiet hours, ");
        assertThat(waits.data("attempt")).isEqualTo("0");
        authmail.retryRecord("2s", "phone"); // it was put back a second time
        assertThat(authmail.relay.mailsTo("phone@docomo.ne.jp")).isEmpty();

        CLOCK.move(HALF_A_NIGHT.plusMinutes(2));

        recipes.assertTaken("phone", "phone@docomo.ne.jp", authmail.relay);
        assertThat(authmail.outcomesOf("phone")).hasSize(2);
    }

    private static String withoutSignature(String text) {
        return text.replaceAll("&sig=\\S+", "");
    }

    private static String key(ConsumerRecord<byte[], byte[]> record) {
        return new String(record.key(), UTF_8);
    }

    /** Read before the service's own. */
    @org.springframework.core.annotation.Order(0)
    static class Watch {
        @Bean
        Clock clock() {
            return CLOCK;
        }
    }
}
