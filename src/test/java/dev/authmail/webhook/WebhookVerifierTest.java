package dev.authmail.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.authmail.webhook.WebhookVerifier.Scheme;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebhookVerifierTest {
    /** The example of the Standard Webhooks specification. */
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private static final String BODY = "{\"test\": 2432232314}";
    private static final long TIME = 1614265330;

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            as the specification has it | msg_p5jXN8AQM9LWM0D4loKWxJek | 1614265330 | v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE= | true
            one of several              | msg_p5jXN8AQM9LWM0D4loKWxJek | 1614265330 | v1,AAAA v1a,x v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE= | true
            another id                  | msg_other                    | 1614265330 | v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE= | false
            another time                | msg_p5jXN8AQM9LWM0D4loKWxJek | 1614265331 | v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE= | false
            too old                     | msg_p5jXN8AQM9LWM0D4loKWxJek | 1614265029 | v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE= | false
            another version             | msg_p5jXN8AQM9LWM0D4loKWxJek | 1614265330 | v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE= | false
            no time                     | msg_p5jXN8AQM9LWM0D4loKWxJek | now        | v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE= | false
            no signature                | msg_p5jXN8AQM9LWM0D4loKWxJek | 1614265330 | ''  | false
            """)
    void standardWebhooks(String why, String id, String time, String signature, boolean genuine) {
        var request = request(Map.of("Webhook-Id", id, "webhook-timestamp", time, "webhook-signature", signature));

        assertThat(isGenuine(
                        verifier(Scheme.STANDARD_WEBHOOKS, "v1,whsec_" + "QUJD".repeat(8) + "|v1," + SECRET), request))
                .isEqualTo(genuine);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            right            | t=1614265330,v1=SIGNATURE         | true
            one of several   | t=1614265330,v1=00,v1=SIGNATURE   | true
            another time     | t=1614265331,v1=SIGNATURE         | false
            too old          | t=1614260000,v1=SIGNATURE         | false
            no time          | v1=SIGNATURE                      | false
            nothing          | ''                                | false
            """)
    void zitadel(String why, String header, boolean genuine) {
        // printf '%s' '1614265330.{"test": 2432232314}' | openssl dgst -sha256 -hmac 'a key of zitadel that is long'
        String signature = "22836b3e71802333bc651c7320dc3792e7bb27667752e813ba9f5218fb1a53ac";
        var request = request(Map.of("ZITADEL-Signature", header.replace("SIGNATURE", signature)));

        assertThat(isGenuine(verifier(Scheme.ZITADEL, "a key of zitadel that is long"), request))
                .isEqualTo(genuine);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "BEARER, Bearer a secret of enough octets, true",
        "BEARER, bearer another one of these octets, true",
        "BEARER, Bearer a secret of enough octet, false",
        "BEARER, a secret of enough octets, false",
        "BEARER, Bearer, false",
        "BASIC, Basic YSBzZWNyZXQgb2YgZW5vdWdoIG9jdGV0cw==, true",
        "BASIC, Basic !!!, false",
        "BASIC, Bearer a secret of enough octets, false"
    })
    void sharedSecrets(Scheme scheme, String field, boolean genuine) {
        String secrets = "a secret of enough octets\nanother one of these octets\n";

        assertThat(isGenuine(verifier(scheme, secrets), request(Map.of("Authorization", field))))
                .isEqualTo(genuine);
        assertThat(isGenuine(verifier(scheme, secrets), request(Map.of()))).isFalse();
    }

    @Test
    void aShortSecretIsRefusedAndNotShown() {
        assertThatThrownBy(() -> verifier(Scheme.BEARER, "hush"))
                .hasMessageContaining("at least 16 octets")
                .hasMessageNotContaining("hush");
        assertThatThrownBy(() -> verifier(Scheme.STANDARD_WEBHOOKS, "whsec_hush!hush!"))
                .hasMessageNotContaining("hush");
    }

    private static boolean isGenuine(WebhookVerifier verifier, HookRequest request) {
        return verifier.check(request) == Authenticity.Finding.GENUINE;
    }

    private static WebhookVerifier verifier(Scheme scheme, String secrets) {
        return WebhookVerifier.of(scheme, secrets, Clock.fixed(Instant.ofEpochSecond(TIME), ZoneOffset.UTC));
    }

    private static HookRequest request(Map<String, String> fields) {
        return new HookRequest(fields, BODY.getBytes(UTF_8));
    }
}
