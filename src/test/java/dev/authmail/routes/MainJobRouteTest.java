package dev.authmail.routes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.authurl.AuthUrlVerifier.VerifiedLink;
import dev.authmail.envelope.EnvelopeKeys;
import dev.authmail.envelope.EnvelopeToken;
import dev.authmail.event.EventId;
import dev.authmail.testkit.Outcome;
import dev.authmail.testkit.ReadMail;
import dev.authmail.testkit.ReceivedMail;
import dev.authmail.testkit.TestAuthmail;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The whole way of an event, on the shipped route files. */
class MainJobRouteTest {
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
    void theApplicationReadsThatTheRelayTookTheMailOverTls() {
        authmail.register("relay-1", "outcome@good.test");

        Outcome outcome = authmail.outcome("relay-1", "accepted");
        assertThat(outcome.schemaProblems()).isEmpty();
        assertThat(outcome.key()).isEqualTo("u-relay-1");
        assertThat(outcome.attribute("subject")).isEqualTo("u-relay-1");
        assertThat(outcome.data("route")).isEqualTo("relay");
        assertThat(outcome.data("nextHop")).isEqualTo("localhost[127.0.0.1]:" + authmail.relay.port());
        assertThat(outcome.data("tlsVersion")).isEqualTo("TLSv1.3");
        assertThat(outcome.data("userState")).isEqualTo("sent");
        assertThat(outcome.data("final")).isEqualTo("true");
        assertThat(outcome.data("attempt")).isEqualTo("1");
        assertThat(Long.parseLong(outcome.data("elapsedMillis"))).isBetween(0L, 60_000L);
        assertThat(only("outcome@good.test").tls()).isEqualTo("TLSv1.3");
    }

    @Test
    void aServiceWithoutASupportAddressDoesNotSendReadersToNobody() {
        ReadMail mail = ReadMail.of(mailOf("support-1", "support@good.test"));

        assertThat(mail.text()).contains("https://app.sender.test/").doesNotContain("Questions?", "お問い合わせ");
    }

    @Test
    void bothSignaturesVerifyWithThePublishedKeys() {
        ReceivedMail mail = mailOf("dkim-1", "dkim@good.test");

        assertThat(authmail.checks().dkim(mail)).containsExactlyInAnyOrder("rsa-sha256 pass", "ed25519-sha256 pass");
    }

    @Test
    void theLinkVerifiesAndSaysWhoAndWhereTo() {
        VerifiedLink link = authmail.checks().link(mailOf("link-1", "link@good.test"));

        assertThat(link.userId()).isEqualTo("u-link-1");
        assertThat(link.next()).contains("/welcome");
        assertThat(link.id()).isEqualTo(new EventId("link-1").fingerprint().base64url());
        assertThat(link.matchesAddress("link@good.test")).isTrue();
        assertThat(link.matchesAddress("other@good.test")).isFalse();
        assertThat(link.expires()).isBetween(in(Duration.ofHours(23)), in(Duration.ofHours(24)));
    }

    @Test
    void theReaderIsAddressedInTheirLanguage() {
        ReadMail mail = ReadMail.of(mailOf("ja-1", "ja@good.test"));

        assertThat(mail.subject()).isEqualTo("【Example】メールアドレス確認のお願い");
        assertThat(mail.text()).contains("山田 花子 様");
        assertThat(mail.html()).contains("山田 花子").contains("lang=\"ja\"");
        assertThat(mail.field("Content-Language")).isEqualTo("ja");
        assertThat(mail.field("Auto-Submitted")).isEqualTo("auto-generated");
    }

    @Test
    void aBounceWouldBeMatchedToTheEvent() {
        ReceivedMail mail = mailOf("bounce-1", "bounce@good.test");

        assertThat(mail.from()).endsWith("@sender.test");
        EnvelopeToken token = authmail.checks().token(mail);
        assertThat(token).isInstanceOf(EnvelopeToken.Genuine.class);
        var genuine = (EnvelopeToken.Genuine) token;
        assertThat(genuine.fingerprint()).isEqualTo(new EventId("bounce-1").fingerprint());
        assertThat(genuine.day()).isBetween(LocalDate.now(ZoneOffset.UTC).minusDays(1), LocalDate.now(ZoneOffset.UTC));
    }

    @Test
    void theMessageIdFollowsFromTheEventId() {
        ReadMail mail = ReadMail.of(mailOf("id-1", "id@good.test"));

        assertThat(EnvelopeToken.readMessageId(mail.messageId(), EnvelopeKeys.read(authmail.keys.envelopeKeys())))
                .as("only who has the key can have made it")
                .contains(new EventId("id-1").fingerprint());
        assertThat(mail.messageId()).endsWith("@sender.test>");
    }

    @Test
    void aLocalPartBeyondAsciiGoesBySmtputf8() {
        ReceivedMail mail = mailOf("utf8-1", "花子@good.test");

        assertThat(mail.parameters()).contains("SMTPUTF8");
        assertThat(mail.text()).contains("花子@good.test");
        assertThat(authmail.checks().dkim(mail)).containsExactlyInAnyOrder("rsa-sha256 pass", "ed25519-sha256 pass");
    }

    @Test
    void aDomainBeyondAsciiGoesAsALabelsAndNeedsNoSmtputf8() {
        authmail.register("idn-1", "hanako@例え.jp");

        ReceivedMail mail =
                authmail.relay.awaitMailsTo("hanako@xn--r8jz45g.jp", 1).getFirst();
        assertThat(mail.parameters()).doesNotContain("SMTPUTF8");
        assertThat(authmail.checks().link(mail).matchesAddress("hanako@例え.jp")).isTrue();
    }

    @Test
    void aStructuredCloudEventIsNamedBySourceAndId() {
        publish("""
                {"specversion": "1.0", "id": "17", "source": "/sign-up", "type": "user.registered",
                 "data": {"userId": "u-structured", "email": "structured@good.test"}}
                """, Map.of("content-type", "application/cloudevents+json; charset=UTF-8"));

        assertThat(authmail.outcome("/sign-up|17", "accepted").key()).isEqualTo("u-structured");
    }

    @Test
    void aBinaryCloudEventIsNamedBySourceAndId() {
        publish(
                "{\"userId\": \"u-binary\", \"email\": \"binary@good.test\"}",
                Map.of(
                        "ce_specversion", "1.0",
                        "ce_id", "18",
                        "ce_source", "/sign-up",
                        "ce_type", "user.registered",
                        "content-type", "application/json"));

        assertThat(authmail.outcome("/sign-up|18", "accepted").key()).isEqualTo("u-binary");
    }

    @Test
    void anEventWithoutAnIdIsNamedByItsPosition() {
        String position = publish("{\"userId\": \"u-nameless\", \"email\": \"nameless@good.test\"}", Map.of());

        assertThat(authmail.outcome(position, "accepted").key()).isEqualTo("u-nameless");
    }

    @Test
    void headersOfARegistrationSteerNothing() {
        publish(
                "{\"id\": \"steer-1\", \"userId\": \"u-steer\", \"email\": \"steer@good.test\"}",
                Map.ofEntries(
                        Map.entry("authmail-event-id", "forged"),
                        Map.entry("Authmail-Attempts", "7"),
                        Map.entry("AUTHMAIL-PINNED-HOP", "direct"),
                        Map.entry("authmail-first-attempt", "2020-01-01T00:00:00Z"),
                        Map.entry("CamelKafkaOverrideTopic", authmail.deadLetter()),
                        Map.entry("kafka.OVERRIDE_TOPIC", authmail.deadLetter()),
                        Map.entry("mail.smtp.host", "evil.test"),
                        Map.entry("To", "evil@evil.test"),
                        Map.entry("Bcc", "evil@evil.test"),
                        Map.entry("Subject", "evil"),
                        Map.entry("Content-Type", "evil/evil")));

        Outcome outcome = authmail.outcome("steer-1", "accepted");
        assertThat(outcome.data("route")).isEqualTo("relay");
        assertThat(outcome.data("attempt")).isEqualTo("1");
        assertThat(outcome.record().topic()).isEqualTo(authmail.outcomes());
        assertThat(only("steer@good.test").text()).doesNotContainIgnoringCase("evil");
    }

    /** W3C Trace Context: who follows a sign-up through the systems finds the outcome in its trace. */
    @ParameterizedTest(name = "{3}: {0}")
    @CsvSource(textBlock = """
            00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01, vendor=1, true,  a trace
            00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01, ,         true,  without a state
            00-00000000000000000000000000000000-00f067aa0ba902b7-01, vendor=1, false, no trace at all
            00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01, vendor=1, false, upper case is malformed
            hanako@good.test,                                        vendor=1, false, anything else
            """)
    void theOutcomeBelongsToTheTraceOfTheEvent(String parent, String state, boolean passed, String reason) {
        Map<String, String> headers = new HashMap<>(Map.of("traceparent", parent));
        if (state != null) {
            headers.put("tracestate", state);
        }
        String position = publish("{\"userId\": \"u-trace\", \"email\": \"trace@good.test\"}", headers);

        Headers told = authmail.outcome(position, "accepted").record().headers();
        assertThat(text(told.lastHeader("traceparent"))).as(reason).isEqualTo(passed ? parent : null);
        assertThat(text(told.lastHeader("tracestate"))).as(reason).isEqualTo(passed ? state : null);
    }

    private static @Nullable String text(@Nullable Header header) {
        return header == null ? null : new String(header.value(), UTF_8);
    }

    @Test
    void aCancellationSendsNoMail() {
        publish("""
                {"specversion": "1.0", "id": "19", "source": "/sign-up", "type": "user.cancelled",
                 "data": {"userId": "u-cancelled", "email": "cancelled@good.test"}}
                """, Map.of());

        Outcome outcome = authmail.outcome("/sign-up|19", "superseded");
        assertThat(outcome.schemaProblems()).isEmpty();
        assertThat(outcome.data("userState")).isEmpty();
        assertThat(authmail.relay.mailsTo("cancelled@good.test")).isEmpty();
    }

    @Test
    void whatIsDoneIsCommitted() {
        authmail.register("commit-1", "commit@good.test");

        authmail.outcome("commit-1", "accepted");
        authmail.awaitAllCommitted(authmail.registrations());
    }

    private static String publish(String value, Map<String, String> headers) {
        return authmail.publish(null, value.getBytes(UTF_8), headers);
    }

    private static ReceivedMail mailOf(String id, String email) {
        authmail.register(id, email);
        authmail.outcome(id, "accepted");
        return only(email);
    }

    private static ReceivedMail only(String recipient) {
        assertThat(authmail.relay.mailsTo(recipient)).hasSize(1);
        return authmail.relay.mailsTo(recipient).getFirst();
    }

    private static Instant in(Duration time) {
        return Instant.now().plus(time);
    }
}
