package dev.authmail.dkim;

import dev.authmail.mail.MailMessage;
import dev.authmail.mail.SignedMessage;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Signs messages with every key it has: relaxed/relaxed, one DKIM-Signature field a key, the first key's on top. Octets
 * in, fields out; the message itself is not touched. RFC 6376 §5, RFC 8463. Thread-safe.
 */
public final class DkimSigner {
    private final List<DkimKey> keys;
    private final Clock clock;
    private final Optional<Duration> lifetime;
    private final SigningPrimitive primitive;

    /** Signatures that do not expire, made with the JDK's cryptography. */
    public DkimSigner(List<DkimKey> keys, Clock clock) {
        this(keys, clock, Optional.empty(), new JdkSigning());
    }

    /** Signatures that expire, made with the JDK's cryptography. */
    public DkimSigner(List<DkimKey> keys, Clock clock, Duration lifetime) {
        this(keys, clock, Optional.of(lifetime), new JdkSigning());
    }

    /**
     * @param keys at least one; two of one domain need two selectors
     * @param clock what stands in {@code t=}
     * @param lifetime how much later {@code x=} is, when there shall be one: days, for a queue may hold the mail
     * @param primitive makes the raw signatures
     */
    public DkimSigner(List<DkimKey> keys, Clock clock, Optional<Duration> lifetime, SigningPrimitive primitive) {
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("DKIM has no key: name at least one selector and its PEM file");
        }
        long names = keys.stream().map(DkimKey::recordName).distinct().count();
        if (names < keys.size()) {
            throw new IllegalArgumentException("two DKIM keys have the same selector: give each a selector of its own");
        }
        this.keys = List.copyOf(keys);
        this.clock = clock;
        this.lifetime = lifetime;
        this.primitive = primitive;
    }

    /**
     * The message with its signatures on top.
     *
     * @throws IllegalArgumentException when it has not exactly one From, or a line that ends in a bare LF
     * @throws IllegalStateException when a key cannot sign; there is never a mail with less than all signatures
     */
    public SignedMessage sign(MailMessage message) {
        MessageOctets octets = MessageOctets.of(message);
        WellFormed.check(octets);
        List<String> names = SignedFields.of(octets);
        String bodyHash =
                BodyHash.of(octets, Canonicalization.RELAXED, Long.MAX_VALUE).base64();
        byte[] signedFields = HashInput.signedFields(octets, names, null, Canonicalization.RELAXED);
        long time = clock.instant().getEpochSecond();
        StringBuilder fields = new StringBuilder();
        for (DkimKey key : keys) {
            SignatureField field =
                    SignatureField.unsigned(key, names, bodyHash, time, lifetime.map(l -> time + l.toSeconds()));
            byte[] input = HashInput.of(signedFields, field.octets(), Canonicalization.RELAXED);
            fields.append(field.signed(Base64Text.encode(signature(key, input))));
        }
        return SignedMessage.of(fields.toString().getBytes(StandardCharsets.US_ASCII), message);
    }

    private byte[] signature(DkimKey key, byte[] input) {
        try {
            return primitive.sign(key, input);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the DKIM key of " + key.recordName() + " could not sign", e);
        }
    }
}
