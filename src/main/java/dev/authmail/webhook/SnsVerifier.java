package dev.authmail.webhook;

import dev.authmail.event.StrictJson;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Amazon SNS: the message names its topic and is signed; versions 1 (SHA-1) and 2 (SHA-256). Everybody can sign with a topic
 * of their own, so only the named ones count. The certificate comes from the host of the topic's region and from nowhere
 * else. What is sent again within two days is believed: a report that comes twice changes nothing. Thread-safe.
 */
public final class SnsVerifier implements Authenticity {
    private static final Duration TOLERANCE = Duration.ofDays(2);
    private static final Pattern CERTIFICATE = Pattern.compile("/SimpleNotificationService-[0-9a-f]{32,64}\\.pem");

    private final SnsTopics topics;
    private final SigningCertificates certificates;
    private final StrictJson json;
    private final Clock clock;

    /**
     * @param topics that may send
     * @param certificates what messages are signed with
     * @param json reads messages, within limits
     * @param clock tells how old a message is
     */
    public SnsVerifier(SnsTopics topics, SigningCertificates certificates, StrictJson json, Clock clock) {
        this.topics = topics;
        this.certificates = certificates;
        this.json = json;
        this.clock = clock;
    }

    @Override
    public Finding check(HookRequest request) {
        Optional<SnsMessage> message = SnsMessage.read(request.body(), json).filter(this::isRecent);
        Optional<URI> certificate = message.flatMap(m -> topics.of(m))
                .flatMap(topic -> topic.own(message.orElseThrow().field("SigningCertURL")))
                .filter(uri ->
                        CERTIFICATE.matcher(String.valueOf(uri.getPath())).matches() && uri.getQuery() == null);
        if (certificate.isEmpty()) {
            return Finding.NOT_GENUINE;
        }
        return certificates
                .at(certificate.get())
                .map(signer -> isSigned(message.orElseThrow(), signer) ? Finding.GENUINE : Finding.NOT_GENUINE)
                .orElse(Finding.UNDECIDED);
    }

    private boolean isRecent(SnsMessage message) {
        return message.at()
                .filter(at -> Duration.between(at, clock.instant()).abs().compareTo(TOLERANCE) <= 0)
                .isPresent();
    }

    private static boolean isSigned(SnsMessage message, X509Certificate signer) {
        Optional<String> algorithm = message.algorithm();
        if (algorithm.isEmpty()) {
            return false;
        }
        try {
            Signature verifier = Signature.getInstance(algorithm.get());
            verifier.initVerify(signer.getPublicKey());
            verifier.update(message.signed());
            return verifier.verify(Base64.getDecoder().decode(message.field("Signature")));
        } catch (GeneralSecurityException | IllegalArgumentException noSignature) {
            return false;
        }
    }
}
