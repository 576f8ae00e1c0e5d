package dev.authmail.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/** Amazon SNS as its receivers see it: signed messages, and a host that has the certificate and takes confirmations. */
public final class SnsPublisher implements AutoCloseable {
    public static final String TOPIC = "arn:aws:sns:eu-west-1:123456789012:bounces";
    public static final String HOST = "sns.eu-west-1.amazonaws.com";
    public static final String CERTIFICATE =
            "https://" + HOST + "/SimpleNotificationService-" + "0a".repeat(16) + ".pem";
    public static final String SUBSCRIBE = "https://" + HOST + "/?Action=ConfirmSubscription&Token=t0k3n";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final KeyPair key;
    private final String certificate;
    private final PolicyHost web;

    private SnsPublisher(KeyPair key, String certificate, PolicyHost web) {
        this.key = key;
        this.certificate = certificate;
        this.web = web;
    }

    /** Starts its host, which that authority vouches for. */
    public static SnsPublisher start(TestCertificates authority) {
        KeyPair key = rsa(2048);
        PolicyHost web = PolicyHost.start(authority.validFor(HOST));
        String certificate = authority.certify(key, Duration.ofDays(365), "sns.amazonaws.com");
        return new SnsPublisher(key, certificate, web).showsItsCertificate();
    }

    /** From now on its host answers as it should. */
    public SnsPublisher showsItsCertificate() {
        return shows(certificate);
    }

    /** Its certificate and so much behind it. */
    public SnsPublisher showsItsCertificateAnd(String more) {
        return shows(certificate + more);
    }

    /** A key as it signs with, or a smaller one. */
    public static KeyPair rsa(int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** From now on its host answers so. */
    public SnsPublisher shows(String body) {
        web.page(HOST, 200, "application/octet-stream", body);
        return this;
    }

    /** Its host and the way to it. */
    public PolicyHost web() {
        return web;
    }

    /** The fields of a notification of that moment, not signed yet. */
    public static Map<String, String> notification(String message, Instant at) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("Type", "Notification");
        fields.put("MessageId", "02f86d9b-eecf-573d-b47d-3d1850750c30");
        fields.put("TopicArn", TOPIC);
        fields.put("Message", message);
        fields.put("Timestamp", at.toString());
        fields.put("SignatureVersion", "2");
        fields.put("SigningCertURL", CERTIFICATE);
        return fields;
    }

    /** The fields of the question whether the topic may send. */
    public static Map<String, String> question(Instant at) {
        Map<String, String> fields = notification("You have chosen to subscribe to the topic", at);
        fields.put("Type", "SubscriptionConfirmation");
        fields.put("Token", "t0k3n");
        fields.put("SubscribeURL", SUBSCRIBE);
        return fields;
    }

    /** The body of the request, signed as its version and type say. */
    public byte[] signed(Map<String, String> fields) {
        Map<String, String> all = new LinkedHashMap<>(fields);
        List<String> names = "Notification".equals(fields.get("Type"))
                ? List.of("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type")
                : List.of("Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type");
        String text = names.stream()
                .filter(fields::containsKey)
                .map(name -> name + "\n" + fields.get(name) + "\n")
                .collect(Collectors.joining());
        String algorithm = "1".equals(fields.get("SignatureVersion")) ? "SHA1withRSA" : "SHA256withRSA";
        all.put("Signature", sign(algorithm, text));
        return JSON.writeValueAsBytes(all);
    }

    private String sign(String algorithm, String text) {
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key.getPrivate());
            signature.update(text.getBytes(UTF_8));
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        web.close();
    }
}
