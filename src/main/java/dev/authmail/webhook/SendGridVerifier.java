package dev.authmail.webhook;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;

/**
 * SendGrid's Signed Event Webhook: ECDSA with SHA-256 over time and body, in two fields of the header. What is sent again
 * within two days is believed: SendGrid tries for one, and a report that comes twice changes nothing. Thread-safe.
 */
public final class SendGridVerifier implements Authenticity {
    private static final String SIGNATURE = "x-twilio-email-event-webhook-signature";
    private static final String TIMESTAMP = "x-twilio-email-event-webhook-timestamp";
    private static final Duration TOLERANCE = Duration.ofDays(2);

    private final PublicKey key;
    private final Clock clock;

    private SendGridVerifier(PublicKey key, Clock clock) {
        this.key = key;
        this.clock = clock;
    }

    /**
     * Reads the key.
     *
     * @param publicKey as SendGrid shows it: base64 of a SubjectPublicKeyInfo. RFC 5480
     * @param clock tells how old a signature is
     * @throws IllegalArgumentException when it is none
     */
    public static SendGridVerifier of(String publicKey, Clock clock) {
        try {
            byte[] der = Base64.getDecoder().decode(publicKey.strip());
            return new SendGridVerifier(
                    KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(der)), clock);
        } catch (IllegalArgumentException | GeneralSecurityException e) {
            throw new IllegalArgumentException("is no public key of SendGrid's: base64 that begins with MFkw", e);
        }
    }

    @Override
    public Finding check(HookRequest request) {
        String time = request.field(TIMESTAMP);
        String signature = request.field(SIGNATURE);
        return time != null && signature != null && isRecent(time) && isSigned(time, signature, request.body())
                ? Finding.GENUINE
                : Finding.NOT_GENUINE;
    }

    private boolean isRecent(String seconds) {
        return seconds.matches("[0-9]{1,12}")
                && Math.abs(clock.instant().getEpochSecond() - Long.parseLong(seconds)) <= TOLERANCE.toSeconds();
    }

    private boolean isSigned(String time, String signature, byte[] body) {
        try {
            Signature verifier = Signature.getInstance("SHA256withECDSA");
            verifier.initVerify(key);
            verifier.update(time.getBytes(US_ASCII));
            verifier.update(body);
            return verifier.verify(Base64.getDecoder().decode(signature));
        } catch (GeneralSecurityException | IllegalArgumentException noSignature) {
            return false;
        }
    }
}
