package dev.authmail.authurl;

import dev.authmail.keys.HmacKey;
import java.util.regex.Pattern;

/**
 * A key that signs links.
 *
 * @param kid its name, which stands in the link
 * @param hmac the secret
 */
public record UrlKey(String kid, HmacKey hmac) {
    private static final Pattern KID = Pattern.compile("[A-Za-z0-9_-]{1,32}");

    /** Checks the name. */
    public UrlKey {
        if (!KID.matcher(kid).matches()) {
            throw new IllegalArgumentException(
                    "The name of a URL key must match [A-Za-z0-9_-]{1,32}, such as 2026-11: rename " + kid + ".key");
        }
    }

    /**
     * @param kid its name, {@code [A-Za-z0-9_-]{1,32}}
     * @param secret at least 32 random octets; copied
     */
    public UrlKey(String kid, byte[] secret) {
        this(kid, new HmacKey(secret));
    }
}
