package dev.authmail.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.authmail.event.StrictJson;
import dev.authmail.https.StrangersHttps;
import dev.authmail.smtp.TrustAnchors;
import dev.authmail.testkit.SnsPublisher;
import dev.authmail.testkit.TestCertificates;
import dev.authmail.webhook.Authenticity.Finding;
import dev.authmail.webhook.SnsSubscription.Confirmation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages of Amazon SNS: only those of a named topic that its own region's certificate has signed. */
class SnsVerifierTest {
    private static final TestCertificates AUTHORITY = new TestCertificates();
    private static final Instant NOW = Instant.now();
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final StrictJson JSON = new StrictJson(64 * 1024);
    private static final SnsTopics TOPICS = new SnsTopics(List.of(SnsTopic.of(SnsPublisher.TOPIC)));

    private final SnsPublisher sns = SnsPublisher.start(AUTHORITY);
    private final StrangersHttps https = https(AUTHORITY);
    private final SnsVerifier verifier = verifier(https);

    @AfterEach
    void stop() {
        https.close();
        sns.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2"})
    void whatTheTopicSignedIsGenuineAndTheCertificateIsFetchedOnce(String version) {
        Map<String, String> fields = SnsPublisher.notification("{\"a\":\"line\\n\"}", NOW);
        fields.put("SignatureVersion", version);
        assertThat(check(sns.signed(fields))).isEqualTo(Finding.GENUINE);

        fields.put("Subject", "Amazon SES Email Event Notification");
        assertThat(check(sns.signed(fields))).as("with a subject").isEqualTo(Finding.GENUINE);
        assertThat(check(sns.signed(SnsPublisher.question(NOW))))
                .as("a question")
                .isEqualTo(Finding.GENUINE);
        assertThat(sns.web().requests()).hasSize(1);
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(delimiter = '|', textBlock = """
            Message        | another                                       | another text
            Subject        | new                                           | a subject that was not there
            MessageId      | another                                       | another id
            Type           | SubscriptionConfirmation                      | another type
            Signature      | AAAA                                          | another signature
            Signature      | ~~~~                                          | no base64
            SignatureVersion | 1                                           | another algorithm
            SignatureVersion | 3                                           | a version that there is not
            """)
    void whatWasChangedIsNotGenuine(String field, String value, String why) {
        String signed = new String(sns.signed(SnsPublisher.notification("text", NOW)), UTF_8);
        String changed = signed.contains("\"" + field + "\"")
                ? signed.replaceFirst("(\"" + field + "\":)\"[^\"]*\"", "$1\"" + value + "\"")
                : signed.replaceFirst("\\{", "{\"" + field + "\":\"" + value + "\",");

        assertThat(check(changed.getBytes(UTF_8))).as(why).isEqualTo(Finding.NOT_GENUINE);
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(delimiter = '|', textBlock = """
            TopicArn       | arn:aws:sns:eu-west-1:999999999999:bounces    | a topic of somebody else's
            TopicArn       | arn:aws:sns:eu-west-1:123456789012:bounces2   | a topic that begins alike
            SigningCertURL | https://sns.us-east-1.amazonaws.com/SimpleNotificationService-0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a.pem | another region
            SigningCertURL | http://sns.eu-west-1.amazonaws.com/SimpleNotificationService-0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a.pem | without TLS
            SigningCertURL | https://sns.eu-west-1.amazonaws.com.evil.test/SimpleNotificationService-0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a.pem | a host that begins alike
            SigningCertURL | https://evil@sns.eu-west-1.amazonaws.com/SimpleNotificationService-0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a.pem | a user
            SigningCertURL | https://sns.eu-west-1.amazonaws.com:8443/SimpleNotificationService-0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a.pem | another port
            SigningCertURL | https://sns.eu-west-1.amazonaws.com/other.pem | another path
            SigningCertURL | https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a.pem?x=1 | a query
            SigningCertURL | not a URL                                     | no URL
            Timestamp      | 2026-01-01T00:00:00Z                          | long ago
            Timestamp      | yesterday                                     | no time
            """)
    void nothingIsFetchedForWhatMayNotSend(String field, String value, String why) {
        Map<String, String> fields = SnsPublisher.notification("text", NOW);
        fields.put(field, value);

        assertThat(check(sns.signed(fields))).as(why).isEqualTo(Finding.NOT_GENUINE);
        assertThat(sns.web().requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "7", "{\"Type\":[1]}"})
    void whatIsNoMessageIsNotGenuine(String body) {
        assertThat(check(body.getBytes(UTF_8))).isEqualTo(Finding.NOT_GENUINE);
    }

    @Test
    void withoutAGoodCertificateNothingIsDecided() {
        byte[] message = sns.signed(SnsPublisher.notification("text", NOW));

        sns.web().remove(SnsPublisher.HOST);
        assertThat(check(message)).as("not there").isEqualTo(Finding.UNDECIDED);
        sns.shows("no certificate");
        assertThat(check(message)).as("none").isEqualTo(Finding.UNDECIDED);
        sns.showsItsCertificateAnd("\n".repeat(70_000));
        assertThat(check(message)).as("too long").isEqualTo(Finding.UNDECIDED);
        sns.shows(AUTHORITY.certify(SnsPublisher.rsa(2048), Duration.ofDays(-1), "sns.amazonaws.com"));
        assertThat(check(message)).as("expired").isEqualTo(Finding.UNDECIDED);
        sns.shows(AUTHORITY.certify(SnsPublisher.rsa(1024), Duration.ofDays(1), "sns.amazonaws.com"));
        assertThat(check(message)).as("a small key").isEqualTo(Finding.UNDECIDED);
        sns.shows(AUTHORITY.certify(SnsPublisher.rsa(2048), Duration.ofDays(1), "sns.amazonaws.com"));
        assertThat(check(message)).as("another's").isEqualTo(Finding.NOT_GENUINE);
    }

    @Test
    void aHostThatNobodyVouchesForIsNotBelieved() {
        try (StrangersHttps strict = https(new TestCertificates())) {
            assertThat(verifier(strict).check(request(sns.signed(SnsPublisher.notification("text", NOW)))))
                    .isEqualTo(Finding.UNDECIDED);
        }
    }

    @Test
    void aTopicThatAsksMaySendHere() {
        var subscription = new SnsSubscription(TOPICS, https, JSON);
        assertThat(subscription.confirm(sns.signed(SnsPublisher.notification("text", NOW))))
                .isEqualTo(Confirmation.NOT_ASKED);
        assertThat(sns.web().requests()).isEmpty();

        assertThat(subscription.confirm(sns.signed(SnsPublisher.question(NOW)))).isEqualTo(Confirmation.CONFIRMED);
        assertThat(sns.web().requests()).containsExactly(SnsPublisher.SUBSCRIBE.substring("https://".length()));

        Map<String, String> elsewhere = SnsPublisher.question(NOW);
        elsewhere.put("SubscribeURL", "https://evil.test/?Action=ConfirmSubscription");
        assertThat(subscription.confirm(sns.signed(elsewhere))).isEqualTo(Confirmation.FAILED);
        sns.web().remove(SnsPublisher.HOST);
        assertThat(subscription.confirm(sns.signed(SnsPublisher.question(NOW)))).isEqualTo(Confirmation.FAILED);
        assertThat(sns.web().requests()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "arn:aws:sns:eu-west-1:123456789012:a, sns.eu-west-1.amazonaws.com",
        "arn:aws-cn:sns:cn-north-1:123456789012:a, sns.cn-north-1.amazonaws.com.cn",
        "arn:aws-us-gov:sns:us-gov-west-1:123456789012:a, sns.us-gov-west-1.amazonaws.com",
    })
    void aTopicsHostIsThatOfItsRegion(String arn, String host) {
        assertThat(SnsTopic.of(arn).host()).isEqualTo(host);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bounces", "arn:aws:sqs:eu-west-1:123456789012:a", "arn:aws:sns:evil.test/:123456789012:a"})
    void whatIsNoTopicIsRefused(String arn) {
        assertThatThrownBy(() -> SnsTopic.of(arn)).hasMessageContaining("is no topic of SNS");
    }

    private StrangersHttps https(TestCertificates believed) {
        return new StrangersHttps(
                TrustAnchors.ofPem(believed.pem()).sslContext(),
                sns.web().proxy(),
                Duration.ofSeconds(20),
                host -> true);
    }

    private static SnsVerifier verifier(StrangersHttps https) {
        return new SnsVerifier(TOPICS, new SigningCertificates(https, CLOCK), JSON, CLOCK);
    }

    private Finding check(byte[] body) {
        return verifier.check(request(body));
    }

    private static HookRequest request(byte[] body) {
        return new HookRequest(Map.of(), body);
    }
}
