package dev.authmail.routes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.authmail.address.Domain;
import dev.authmail.envelope.EnvelopeKeys;
import dev.authmail.envelope.EnvelopeSender;
import dev.authmail.event.EventId;
import dev.authmail.testkit.Letter;
import dev.authmail.testkit.Outcome;
import dev.authmail.testkit.ReadMail;
import dev.authmail.testkit.ReceivedMail;
import dev.authmail.testkit.SnsPublisher;
import dev.authmail.testkit.TestAuthmail;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a relay that is a provider tells by webhook corrects what the application was told, as a mail that came back does. */
class ProviderReportRouteTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String BASIC = "postmark:a secret of enough octets";
    private static final KeyPair SENDGRID = ec();
    private static TestAuthmail authmail;
    private static SnsPublisher sns;

    @BeforeAll
    static void start() throws Exception {
        authmail = new TestAuthmail();
        sns = SnsPublisher.start(authmail.certificates);
        Files.createDirectory(authmail.folder.resolve("suppression"));
        Files.writeString(
                authmail.folder.resolve("suppression/2026-11.key"),
                Base64.getUrlEncoder().encodeToString(new byte[32]));
        authmail.set("authmail.routes.optional", "ses,sendgrid,postmark")
                .set("authmail.suppression.keys", authmail.folder.resolve("suppression"))
                .set("authmail.mail.message-id-field", "X-PM-Metadata-message-id")
                .set("authmail.http.port", 0)
                .set("authmail.http.proxy", "127.0.0.1:" + sns.web().proxy().getPort())
                .set("authmail.http.hooks.ses.topics", SnsPublisher.TOPIC)
                .set(
                        "authmail.http.hooks.sendgrid.public-key",
                        base64(SENDGRID.getPublic().getEncoded()))
                .set(
                        "authmail.http.hooks.postmark.secret-file",
                        Files.writeString(authmail.folder.resolve("postmark.secret"), BASIC + "\n"))
                .start();
    }

    @AfterAll
    static void stop() {
        authmail.close();
        sns.close();
    }

    @Test
    void aBounceThatSesTellsIsToldAndItsAddressRests() throws Exception {
        ReceivedMail mail = sent("ses", "ses@good.test");
        byte[] request = sns.signed(SnsPublisher.notification("""
                {"eventType":"Bounce","bounce":{"bounceType":"Permanent","bouncedRecipients":[{"emailAddress":"ses@good.test",
                 "action":"failed","status":"5.1.1","diagnosticCode":"smtp; 550 5.1.1 no such user <ses@good.test>"}]},
                 "mail":{"source":"%s","destination":["ses@good.test"]}}""".formatted(mail.from()), Instant.now()));

        sns(request);

        Outcome bounced = authmail.outcome("ses", "bounced");
        assertThat(bounced.schemaProblems()).isEmpty();
        assertThat(bounced.key()).isEqualTo("u-ses");
        assertThat(bounced.data("userState")).isEqualTo("address-unknown");
        assertThat(bounced.data("fault")).isEqualTo("recipient");
        assertThat(bounced.data("smtpReply")).isEqualTo("550");
        assertThat(bounced.data("smtpStatus")).isEqualTo("5.1.1");
        assertThat(bounced.data("smtpText")).doesNotContain("ses@");
        Letter letter = authmail.deadLetter("ses");
        assertThat(letter.reason()).isEqualTo("bounced");
        assertThat(new String(letter.value(), UTF_8)).contains("\"eventId\":\"ses\"", "unknown-user");

        assertThat(post("ses", request, "text/plain").statusCode())
                .as("SNS sends it again")
                .isEqualTo(200);
        authmail.register("ses-2", "ses@good.test");
        assertThat(authmail.finalOutcome("ses-2").type()).isEqualTo("suppressed");
        assertThat(authmail.outcomesOf("ses")).extracting(Outcome::type).containsExactly("accepted", "bounced");
    }

    @Test
    void aComplaintThatSendGridTellsSuppressesAndEachOfAListIsDealtWith() throws Exception {
        String spam = messageId("sg-spam", "sg-spam@good.test");
        String full = messageId("sg-full", "sg-full@good.test");
        byte[] request = """
                [{"email":"sg-spam@good.test","event":"spamreport","smtp-id":"%s"},
                 {"email":"sg-full@good.test","event":"open","smtp-id":"%s"},
                 {"email":"strange@good.test","event":"bounce","reason":"550 5.1.1 unknown","sg_event_id":"strange-1"},
                 {"email":"sg-full@good.test","event":"bounce","status":"5.2.2","reason":"552 5.2.2 mailbox full","smtp-id":"%s"}]
                """.formatted(spam, full, full).getBytes(UTF_8);

        assertThat(sendgrid(request).statusCode()).isEqualTo(200);

        assertThat(authmail.outcome("sg-spam", "complained").data("userState")).isEqualTo("address-refused");
        assertThat(authmail.outcome("sg-full", "bounced").data("userState")).isEqualTo("mailbox-full");
        ConsumerRecord<byte[], byte[]> kept = authmail.kafka()
                .await(authmail.quarantine(), r -> text(r.value()).contains("strange-1"));
        assertThat(new Letter(kept).says("reason")).isEqualTo("unmatched");
        assertThat(new Letter(kept).says("detail")).isEqualTo("no-token");
        assertThat(text(kept.headers().lastHeader("content-type").value())).isEqualTo("application/json");

        authmail.register("sg-full-2", "sg-full@good.test");
        assertThat(authmail.finalOutcome("sg-full-2").type())
                .as("a full mailbox is no reason to rest")
                .isEqualTo("accepted");
        authmail.register("sg-spam-2", "sg-spam@good.test");
        assertThat(authmail.finalOutcome("sg-spam-2").type()).isEqualTo("suppressed");
    }

    @Test
    void aReportThatComesBeforeTheLedgerKnowsItsMailIsAskedForAgainAndTheOthersAreToldOnce() throws Exception {
        String known = messageId("early", "early@good.test");
        String unknown = new EnvelopeSender(
                        new Domain("sender.test"), authmail.context().getBean(EnvelopeKeys.class), Clock.systemUTC())
                .messageId(new EventId("not-yet"));
        byte[] request = list(unknown + "@sender.test", Instant.now(), known);

        assertThat(sendgrid(request).statusCode()).isEqualTo(503);
        authmail.outcome("early", "bounced");
        messageId("not-yet", "not-yet@good.test");
        assertThat(sendgrid(request).statusCode()).isEqualTo(200);
        authmail.outcome("not-yet", "bounced");
        assertThat(authmail.outcomesOf("early")).extracting(Outcome::type).containsExactly("accepted", "bounced");

        String never = unknown.substring(0, 43) + (unknown.endsWith("a") ? "b" : "a");
        assertThat(sendgrid(list(never + "@sender.test", Instant.now(), known)).statusCode())
                .as("what no key of ours made is not waited for")
                .isEqualTo(200);
    }

    private static byte[] list(String first, Instant at, String second) {
        return """
                [{"email":"a@good.test","event":"bounce","status":"5.1.1","reason":"550 5.1.1 no","timestamp":%d,"smtp-id":"<%s>"},
                 {"email":"b@good.test","event":"bounce","status":"5.1.1","reason":"550 5.1.1 no","smtp-id":"%s"}]
                """.formatted(at.getEpochSecond(), first, second).getBytes(UTF_8);
    }

    @Test
    void aBounceThatPostmarkTellsIsMatchedByItsMetadata() throws Exception {
        String id = ReadMail.of(sent("pm", "pm@good.test")).field("X-PM-Metadata-message-id");
        byte[] request = """
                {"RecordType":"Bounce","Type":"HardBounce","Email":"pm@good.test","Details":"smtp;550 5.1.1 no such user",
                 "BouncedAt":"%s","MessageID":"00000000-0000-0000-0000-000000000000","Metadata":{"message-id":"%s"}}""".formatted(Instant.now(), id).getBytes(UTF_8);

        assertThat(post(
                                "postmark",
                                request,
                                "application/json",
                                "Authorization",
                                "Basic " + base64(BASIC.getBytes(UTF_8)))
                        .statusCode())
                .isEqualTo(200);
        assertThat(authmail.outcome("pm", "bounced").data("userState")).isEqualTo("address-unknown");
    }

    @Test
    void snsIsToldOnceThatItsTopicMaySendHere() throws Exception {
        sns(sns.signed(SnsPublisher.question(Instant.now())));
        assertThat(sns.web().requests()).contains(SnsPublisher.SUBSCRIBE.substring("https://".length()));
    }

    @ParameterizedTest(name = "{1}: {0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            no signature        | ses      | {"Type":"Notification"}        | 401
            no signature        | sendgrid | []                             | 401
            no password         | postmark | {"RecordType":"Bounce"}        | 401
            """)
    void whatIsNotGenuineLeavesNothing(String why, String hook, String body, int status) throws Exception {
        double before = counted(hook, status);
        HttpResponse<String> answer = post(hook, body.getBytes(UTF_8), "application/json");
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).isEqualTo("{}");
        assertThat(counted(hook, status)).isEqualTo(before + 1);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            no JSON             | [{"event":
            no list of objects  | [1]
            a text              | "bounce"
            nested too deep     | DEEP
            """)
    void whatHoldsNoReportsIsRefusedAndCounted(String why, String body) throws Exception {
        double before = counted("sendgrid", 400);
        assertThat(sendgrid(body.replace("DEEP", "[".repeat(100) + "]".repeat(100))
                                .getBytes(UTF_8))
                        .statusCode())
                .isEqualTo(400);
        assertThat(counted("sendgrid", 400)).isEqualTo(before + 1);
    }

    @Test
    void withoutTheCertificateTheAnswerIsToAskAgain() throws Exception {
        var fields = SnsPublisher.notification("{}", Instant.now());
        fields.put("SigningCertURL", SnsPublisher.CERTIFICATE.replace("0a0a", "0b0b"));
        sns.web().page(SnsPublisher.HOST, 500, "text/plain", "");
        try {
            assertThat(post("ses", sns.signed(fields), "text/plain").statusCode())
                    .isEqualTo(503);
        } finally {
            sns.showsItsCertificate();
        }
    }

    private static String messageId(String id, String email) {
        return ReadMail.of(sent(id, email)).messageId();
    }

    private static ReceivedMail sent(String id, String email) {
        authmail.register(id, email);
        authmail.outcome(id, "accepted");
        return authmail.relay.awaitMailsTo(email, 1).getFirst();
    }

    /** SNS sends again what is answered with 503, such as when its certificate was slow to come. */
    private static void sns(byte[] request) {
        await().atMost(Duration.ofMinutes(1))
                .until(() -> post("ses", request, "text/plain; charset=UTF-8").statusCode() == 200);
    }

    private static HttpResponse<String> sendgrid(byte[] body) throws Exception {
        String time = String.valueOf(Instant.now().getEpochSecond());
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(SENDGRID.getPrivate());
        signature.update(time.getBytes(UTF_8));
        signature.update(body);
        return post(
                "sendgrid",
                body,
                "application/json",
                "X-Twilio-Email-Event-Webhook-Timestamp",
                time,
                "X-Twilio-Email-Event-Webhook-Signature",
                base64(signature.sign()));
    }

    private static HttpResponse<String> post(String hook, byte[] body, String type, String... fields) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port() + "/hooks/" + hook))
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        for (int i = 0; i < fields.length; i += 2) {
            request.header(fields[i], fields[i + 1]);
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static int port() {
        return authmail.context().getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    private static double counted(String hook, int status) {
        var counter = authmail.context()
                .getBean(MeterRegistry.class)
                .find("authmail.hooks")
                .tag("route", "receive-" + hook)
                .tag("status", "" + status)
                .counter();
        return counter == null ? 0 : counter.count();
    }

    private static KeyPair ec() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base64(byte[] octets) {
        return Base64.getEncoder().encodeToString(octets);
    }

    private static String text(byte[] octets) {
        return new String(octets, UTF_8);
    }
}
