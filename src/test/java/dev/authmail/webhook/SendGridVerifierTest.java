package dev.authmail.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The example that SendGrid publishes with its own verifiers. */
class SendGridVerifierTest {
    private static final String KEY =
            "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEEDr2LjtURuePQzplybdC+u4CwrqDqBaWjcMMsTbhdbcwHBcepxo7yAQGhHPTnlvFYPAZFceEu/1FwCM/QmGUhA==";
    private static final String SIGNATURE =
            "MEUCIQCtIHJeH93Y+qpYeWrySphQgpNGNr/U+UyUlBkU6n7RAwIgJTz2C+8a8xonZGi6BpSzoQsbVRamr2nlxFDWYNH2j/0=";
    private static final String BODY =
            "{\"category\":\"example_payload\",\"event\":\"test_event\",\"message_id\":\"message_id\"}";
    private static final Instant SIGNED = Instant.ofEpochSecond(1588788367);

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            as published      | 1588788367 | SIGNATURE |       | 0   | true
            tried for a day   | 1588788367 | SIGNATURE |       | 24  | true
            long ago          | 1588788367 | SIGNATURE |       | 49  | false
            another time      | 1588788368 | SIGNATURE |       | 0   | false
            no time           | soon       | SIGNATURE |       | 0   | false
            another body      | 1588788367 | SIGNATURE | ' '   | 0   | false
            another signature | 1588788367 | MEUC      |       | 0   | false
            no base64         | 1588788367 | ~~        |       | 0   | false
            """)
    void isBelievedWhatTheKeySigned(
            String why, String time, String signature, String more, int hoursAgo, boolean genuine) {
        var verifier = SendGridVerifier.of(KEY, Clock.fixed(SIGNED.plus(Duration.ofHours(hoursAgo)), ZoneOffset.UTC));
        var fields = Map.of(
                "X-Twilio-Email-Event-Webhook-Timestamp",
                time,
                "X-Twilio-Email-Event-Webhook-Signature",
                signature.replace("SIGNATURE", SIGNATURE));

        assertThat(verifier.check(new HookRequest(fields, (BODY + (more == null ? "" : more)).getBytes(UTF_8))))
                .isEqualTo(genuine ? Authenticity.Finding.GENUINE : Authenticity.Finding.NOT_GENUINE);
        assertThat(verifier.check(new HookRequest(Map.of(), BODY.getBytes(UTF_8))))
                .isEqualTo(Authenticity.Finding.NOT_GENUINE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "key", "MFkwEwYHKoZIzj0CAQYI"})
    void whatIsNoKeyIsRefused(String key) {
        assertThatThrownBy(() -> SendGridVerifier.of(key, Clock.systemUTC()))
                .hasMessageContaining("is no public key of SendGrid's");
    }
}
