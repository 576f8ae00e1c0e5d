package dev.authmail.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether a request came from who knows the secret that both share. Comparisons take the same time wherever texts differ. Several
 * secrets can be live, so that one can be changed without a gap. Thread-safe.
 */
public final class WebhookVerifier implements Authenticity {
    private static final Duration TOLERANCE = Duration.ofMinutes(5);
    private static final int LEAST_OCTETS = 16;
    private static final int MOST_SIGNATURES = 16;

    /** How a system proves itself. */
    public enum Scheme {
        /** Standard Webhooks: {@code webhook-id}, {@code webhook-timestamp}, {@code webhook-signature} with HMAC-SHA256. */
        STANDARD_WEBHOOKS,
        /** {@code ZITADEL-Signature: t=<seconds>,v1=<hex>}, HMAC-SHA256 over time, dot and body. */
        ZITADEL,
        /** {@code Authorization: Bearer <secret>}. RFC 6750 §2.1. */
        BEARER,
        /** {@code Authorization: Basic …}, the secret being {@code user:password}. RFC 7617. */
        BASIC,
        /** A signature by a key that SendGrid keeps: {@link SendGridVerifier}. */
        SENDGRID,
        /** A signature by a key that Amazon SNS keeps: {@link SnsVerifier}. */
        SNS
    }

    private final Scheme scheme;
    private final List<byte[]> secrets;
    private final Clock clock;

    private WebhookVerifier(Scheme scheme, List<byte[]> secrets, Clock clock) {
        this.scheme = scheme;
        this.secrets = secrets;
        this.clock = clock;
    }

    /**
     * Reads secrets.
     *
     * @param text one secret a line, as the other system shows it; for Standard Webhooks {@code whsec_} and base64, also
     *     with {@code v1,} before it and several with a bar between them
     * @param clock tells how old a signature is
     * @throws IllegalArgumentException when there is none or one is too short; the message does not show it
     */
    public static WebhookVerifier of(Scheme scheme, String text, Clock clock) {
        if (scheme == Scheme.SENDGRID || scheme == Scheme.SNS) {
            throw new IllegalArgumentException("has no secret that is shared");
        }
        List<byte[]> secrets = new ArrayList<>();
        for (String line : text.strip().split("[\\r\\n|]+")) {
            byte[] secret = secret(scheme, line.strip());
            if (secret.length < LEAST_OCTETS) {
                throw new IllegalArgumentException(
                        "a secret must have at least " + LEAST_OCTETS + " octets; one stands on each line");
            }
            secrets.add(secret);
        }
        return new WebhookVerifier(scheme, List.copyOf(secrets), clock);
    }

    private static byte[] secret(Scheme scheme, String line) {
        if (scheme != Scheme.STANDARD_WEBHOOKS) {
            return line.getBytes(UTF_8);
        }
        try {
            return Base64.getDecoder().decode(line.replaceFirst("^v1,", "").replaceFirst("^whsec_", ""));
        } catch (IllegalArgumentException quotesTheSecret) {
            throw new IllegalArgumentException("a secret of Standard Webhooks is whsec_ and base64");
        }
    }

    /** Genuine, and where it bears a time no older than five minutes. */
    @Override
    public Finding check(HookRequest request) {
        return isGenuine(request) ? Finding.GENUINE : Finding.NOT_GENUINE;
    }

    private boolean isGenuine(HookRequest request) {
        return switch (scheme) {
            case STANDARD_WEBHOOKS -> standardWebhooks(request);
            case ZITADEL -> zitadel(request);
            case BEARER -> isAnySecret(after("bearer ", request.field("authorization")));
            case BASIC -> isAnySecret(decoded(after("basic ", request.field("authorization"))));
            case SENDGRID, SNS -> false;
        };
    }

    private boolean standardWebhooks(HookRequest request) {
        String id = request.field("webhook-id");
        String time = request.field("webhook-timestamp");
        String signatures = request.field("webhook-signature");
        if (id == null || time == null || signatures == null || !isNow(time)) {
            return false;
        }
        byte[] signed = concat((id + "." + time + ".").getBytes(UTF_8), request.body());
        return Arrays.stream(signatures.split(" ", MOST_SIGNATURES))
                .filter(signature -> signature.startsWith("v1,"))
                .anyMatch(signature -> isMacOf(signed, signature.substring(3), Base64.getEncoder()::encodeToString));
    }

    private boolean zitadel(HookRequest request) {
        String header = request.field("zitadel-signature");
        if (header == null) {
            header = request.field("x-zitadel-signature");
        }
        String[] parts = header == null ? new String[0] : header.split(",", MOST_SIGNATURES);
        String time = Arrays.stream(parts)
                .filter(p -> p.startsWith("t="))
                .findFirst()
                .map(p -> p.substring(2))
                .orElse("");
        if (!isNow(time)) {
            return false;
        }
        byte[] signed = concat((time + ".").getBytes(UTF_8), request.body());
        return Arrays.stream(parts)
                .filter(part -> part.startsWith("v1="))
                .anyMatch(part -> isMacOf(signed, part.substring(3), HexFormat.of()::formatHex));
    }

    private boolean isMacOf(byte[] signed, String signature, java.util.function.Function<byte[], String> text) {
        boolean found = false;
        for (byte[] secret : secrets) {
            found |= equal(text.apply(mac(secret, signed)), signature);
        }
        return found;
    }

    private boolean isAnySecret(@Nullable String given) {
        boolean found = false;
        for (byte[] secret : secrets) {
            found |= given != null && MessageDigest.isEqual(secret, given.getBytes(UTF_8));
        }
        return found;
    }

    private boolean isNow(String seconds) {
        if (!seconds.matches("[0-9]{1,12}")) {
            return false;
        }
        long age = Math.abs(clock.instant().getEpochSecond() - Long.parseLong(seconds));
        return age <= TOLERANCE.toSeconds();
    }

    private static @Nullable String after(String scheme, @Nullable String field) {
        return field != null && field.regionMatches(true, 0, scheme, 0, scheme.length())
                ? field.substring(scheme.length()).strip()
                : null;
    }

    private static @Nullable String decoded(@Nullable String base64) {
        try {
            return base64 == null ? null : new String(Base64.getDecoder().decode(base64), UTF_8);
        } catch (IllegalArgumentException notBase64) {
            return null;
        }
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }

    private static boolean equal(String expected, String given) {
        return MessageDigest.isEqual(expected.getBytes(UTF_8), given.getBytes(UTF_8));
    }

    private static byte[] mac(byte[] secret, byte[] message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HmacSHA256", e);
        }
    }

    @Override
    public String toString() {
        return "WebhookVerifier[" + scheme + "]";
    }
}
