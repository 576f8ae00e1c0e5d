package dev.authmail.dkim;

import dev.authmail.mail.MailMessage;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Verifies every DKIM signature of a message. RFC 6376 §6, RFC 8301, RFC 8463, RFC 8616. Thread-safe.
 *
 * <p>Deviates on purpose: a signature from more than a day ahead of the clock is refused (RFC 6376 §3.5 lets it be),
 * and so is everything beyond the limits below.
 */
public final class DkimVerifier {
    /** How many signatures are checked; more only make work for us. RFC 6376 §8.4. */
    static final int MAX_SIGNATURES = 10;

    /** How many octets all header fields may have. */
    static final int MAX_HEADER = 1 << 20;

    /** How many octets one signature field may have. */
    static final int MAX_SIGNATURE_FIELD = 1 << 15;

    private static final Duration MAX_CLOCK_SKEW = Duration.ofDays(1);

    private final PublishedKeys keys;
    private final Clock clock;

    /**
     * @param keys where public keys are found
     * @param clock what time it is for {@code x=} and {@code t=}
     */
    public DkimVerifier(PublishedKeys keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /** Checks each signature on its own. Never throws for what the message or the DNS holds. */
    public DkimVerification verify(MailMessage message) {
        MessageOctets octets = MessageOctets.of(message);
        BodyHashes bodyHashes = new BodyHashes(octets);
        List<SignatureResult> results = new ArrayList<>();
        for (HeaderField field : octets.fields()) {
            if (field.name().equals("dkim-signature")) {
                results.add(check(octets, bodyHashes, field, results.size()));
            }
        }
        return new DkimVerification(results);
    }

    private SignatureResult check(MessageOctets message, BodyHashes bodyHashes, HeaderField field, int before) {
        Optional<Verdict> beyond = beyondLimits(message, field, before);
        if (beyond.isPresent()) {
            return SignatureResult.of(TagList.NONE, beyond.get());
        }
        int colon = TagList.text(message.octets(), field.from(), field.to()).indexOf(':');
        return switch (TagList.parse(TagList.text(message.octets(), field.from() + colon + 1, field.to()))) {
            case Parsed.Bad<TagList> bad -> SignatureResult.of(TagList.NONE, Verdict.permerror(bad.reason()));
            case Parsed.Good<TagList> tags ->
                SignatureResult.of(tags.value(), judge(message, bodyHashes, field, tags.value()));
        };
    }

    private static Optional<Verdict> beyondLimits(MessageOctets message, HeaderField field, int before) {
        if (before >= MAX_SIGNATURES) {
            return Optional.of(Verdict.permerror("not checked: more than " + MAX_SIGNATURES + " signatures"));
        }
        if (message.bodyStart() > MAX_HEADER || field.to() - field.from() > MAX_SIGNATURE_FIELD) {
            return Optional.of(Verdict.permerror("not checked: the header is too large"));
        }
        return Optional.empty();
    }

    private Verdict judge(MessageOctets message, BodyHashes bodyHashes, HeaderField field, TagList tags) {
        return switch (SignatureReader.read(tags)) {
            case Parsed.Bad<DkimSignature> bad -> Verdict.permerror(bad.reason());
            case Parsed.Good<DkimSignature>(DkimSignature signature) ->
                outOfTime(signature).orElseGet(() -> withKey(message, bodyHashes, field, signature));
        };
    }

    private Optional<Verdict> outOfTime(DkimSignature signature) {
        long now = clock.instant().getEpochSecond();
        if (signature.expiresAt() < now) {
            return Optional.of(Verdict.permerror("the signature has expired"));
        }
        return signature.signedAt() > now + MAX_CLOCK_SKEW.toSeconds()
                ? Optional.of(Verdict.permerror("the signature is from the future"))
                : Optional.empty();
    }

    private Verdict withKey(MessageOctets message, BodyHashes bodyHashes, HeaderField field, DkimSignature signature) {
        return switch (keys.lookUp(signature.keyName())) {
            case PublishedKeys.Answer.Unavailable answer ->
                new Verdict(DkimResult.TEMPERROR, "the key could not be looked up: " + answer.detail());
            case PublishedKeys.Answer.NotFound none -> Verdict.permerror("no key at " + signature.keyName());
            case PublishedKeys.Answer.Found found ->
                switch (usableKey(found.records(), signature)) {
                    case Parsed.Bad<KeyRecord> bad -> Verdict.permerror(bad.reason());
                    case Parsed.Good<KeyRecord>(KeyRecord key) -> compare(message, bodyHashes, field, signature, key);
                };
        };
    }

    /** The first record that can be used. RFC 6376 §3.6.2.2 leaves open what several mean. */
    private static Parsed<KeyRecord> usableKey(List<String> records, DkimSignature signature) {
        List<Parsed<KeyRecord>> read = records.stream()
                .map(text -> KeyRecord.parse(text).then(key -> fitting(key, signature)))
                .toList();
        return read.stream()
                .filter(r -> r instanceof Parsed.Good)
                .findFirst()
                .orElseGet(() -> read.isEmpty() ? new Parsed.Bad<>("the key record is empty") : read.get(0));
    }

    private static Parsed<KeyRecord> fitting(KeyRecord key, DkimSignature signature) {
        return key.misfit(signature).<Parsed<KeyRecord>>map(Parsed.Bad::new).orElseGet(() -> new Parsed.Good<>(key));
    }

    private static Verdict compare(
            MessageOctets message, BodyHashes bodyHashes, HeaderField field, DkimSignature signature, KeyRecord key) {
        BodyHash body = bodyHashes.of(signature.bodyForm(), signature.bodyLength());
        if (!signature.signsWholeBody() && signature.bodyLength() > body.length()) {
            return Verdict.permerror("l= is larger than the body"); // RFC 6376 §3.5
        }
        String testing = key.isTesting() ? "; the domain is testing DKIM (t=y)" : "";
        if (!body.base64().equals(signature.bodyHash())) {
            return Verdict.fail("the body was changed" + testing);
        }
        if (!isSignedBy(key.key(), signedOctets(message, field, signature), signature)) {
            return Verdict.fail("the signed header fields were changed, or the key is another" + testing);
        }
        return new Verdict(DkimResult.PASS, "good signature" + unsignedPart(signature, body) + testing);
    }

    private static String unsignedPart(DkimSignature signature, BodyHash body) {
        return signature.bodyLength() < body.length()
                ? "; " + (body.length() - signature.bodyLength()) + " octets of the body are not signed (l=)"
                : "";
    }

    private static byte[] signedOctets(MessageOctets message, HeaderField field, DkimSignature signature) {
        byte[] fields = HashInput.signedFields(message, signature.signedFields(), field, signature.headerForm());
        return HashInput.of(fields, HashInput.withoutSignature(message.octets(), field), signature.headerForm());
    }

    private static boolean isSignedBy(PublicKey key, byte[] octets, DkimSignature signature) {
        try {
            Signature primitive = Signature.getInstance(JdkSigning.primitive(signature.algorithm()));
            primitive.initVerify(key);
            primitive.update(JdkSigning.input(signature.algorithm(), octets));
            return primitive.verify(Base64Text.decode(signature.signature()).orElseThrow());
        } catch (GeneralSecurityException e) {
            return false; // of the wrong length, for one
        }
    }
}
