package dev.authmail.authurl;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.text.Normalizer;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Verifies the six digits that authmail writes beside the link. Copy this file into your application: it needs nothing
 * but the JDK. Thread-safe.
 *
 * <p>Six digits are guessed in a million tries, so tries are counted here, before a code is looked at: {@link Tries} is
 * where you keep the count. Ask only in the session of the person who signed up, with the event and the address that
 * your application knows of them, never with what the request says.
 */
public final class OneTimeCodeVerifier {
    /** So many tries has one event, over all its mails. */
    public static final int MAX_TRIES = 5;

    private static final Pattern SIX_DIGITS = Pattern.compile("[0-9]{6}");
    private static final BigInteger CODES = BigInteger.valueOf(1_000_000);
    private static final int MAX_TYPED_CHARS = 64;

    private final List<byte[]> keys;
    private final long lifetime;
    private final Clock clock;
    private final Tries tries;

    /**
     * @param keys the live keys of codes, each at least 32 octets; each more makes a guess likelier
     * @param lifetime as {@code authmail.link.code.lifetime}
     * @param clock says which codes have expired
     * @param tries counts
     */
    public OneTimeCodeVerifier(Collection<byte[]> keys, Duration lifetime, Clock clock, Tries tries) {
        if (keys.isEmpty() || keys.stream().anyMatch(key -> key.length < 32)) {
            throw new IllegalArgumentException("There must be a key, and each must have at least 32 octets");
        }
        this.keys = keys.stream().map(byte[]::clone).toList();
        this.lifetime = checkedLifetime(lifetime).toSeconds();
        this.clock = clock;
        this.tries = tries;
    }

    /** Counts tries, for all instances of your application together: a row of a database, or the like. */
    @FunctionalInterface
    public interface Tries {
        /**
         * Adds one, atomically. Keep the count for two days.
         *
         * @param id of the event, as the link has it
         * @return how many there have been, this one included
         */
        int add(String id);
    }

    /** What became of a code. */
    public sealed interface Verdict {
        /** It is right. Redeem the id once, as with the link: whichever comes first uses up both. */
        record Right(String id) implements Verdict {}

        /** It is wrong or has expired. */
        record Wrong() implements Verdict {}

        /** There were too many tries, and it was not looked at: offer to send a new mail, of a new event. */
        record UsedUp() implements Verdict {}
    }

    /**
     * Verifies what a person typed.
     *
     * @param typed blanks and full-width digits are understood
     * @param purpose such as {@code verify-email}
     * @param event the name of the event that you published: its {@code id}, or {@code source|id} of a CloudEvent
     * @param userId as published
     * @param address the address that the user has now, exactly as published
     */
    public Verdict verify(String typed, String purpose, String event, String userId, String address) {
        String code = typed.length() > MAX_TYPED_CHARS
                ? ""
                : Normalizer.normalize(typed, Normalizer.Form.NFKC).replaceAll("\\s", "");
        if (!SIX_DIGITS.matcher(code).matches()) {
            return new Verdict.Wrong();
        }
        String id = id(event);
        if (tries.add(id) > MAX_TRIES) {
            return new Verdict.UsedUp();
        }
        long now = clock.instant().getEpochSecond() / lifetime;
        boolean right = false;
        for (byte[] key : keys) {
            for (long window : new long[] {now, now - 1}) {
                String expected = digits(key, purpose, window, id, userId, address);
                right |= MessageDigest.isEqual(expected.getBytes(UTF_8), code.getBytes(UTF_8));
            }
        }
        return right ? new Verdict.Right(id) : new Verdict.Wrong();
    }

    /**
     * The code: the first 48 bits of the MAC, modulo a million. No code is likelier than another by more than one part in
     * 281 million, for 2^48 holds a million that often.
     */
    static String digits(byte[] key, String purpose, long window, String id, String userId, String address) {
        String message = String.join("\n", "authmail-code-v1", purpose, String.valueOf(window), id, userId, address);
        byte[] mac = hmac(key, message);
        int number = new BigInteger(1, Arrays.copyOf(mac, 6)).mod(CODES).intValue();
        return String.format(Locale.ROOT, "%06d", number);
    }

    static Duration checkedLifetime(Duration lifetime) {
        boolean wrong = lifetime.compareTo(Duration.ofMinutes(1)) < 0
                || lifetime.compareTo(Duration.ofDays(1)) > 0
                || lifetime.getNano() != 0;
        if (wrong) {
            throw new IllegalArgumentException(
                    "The lifetime of a code must be whole seconds from a minute to a day, not " + lifetime);
        }
        return lifetime;
    }

    private static String id(String event) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(("authmail-id-v1\n" + event).getBytes(UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, 16));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private static byte[] hmac(byte[] key, String message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(message.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HmacSHA256", e);
        }
    }
}
