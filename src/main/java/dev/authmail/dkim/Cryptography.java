package dev.authmail.dkim;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;

/**
 * Who makes the raw signatures, chosen once, at the start. The JDK always can.
 *
 * @param primitive makes them
 * @param why nothing faster was chosen; empty when something was
 */
public record Cryptography(SigningPrimitive primitive, String why) {
    private static final int JAVA_WITH_FOREIGN_FUNCTIONS = 22;
    /** Compiled for Java 22, in {@code src/main/java22}: no older Java may touch it. */
    private static final String LIBCRYPTO = "dev.authmail.dkim.LibcryptoSigning";

    /**
     * The JDK's own.
     *
     * @param why nothing faster is wanted or to be had
     */
    public static Cryptography jdk(String why) {
        return new Cryptography(new JdkSigning(), why);
    }

    /** libcrypto, when this system has it and it signs with each of these keys as the JDK does; else the JDK. */
    public static Cryptography fastest(List<DkimKey> keys) {
        return Runtime.version().feature() >= JAVA_WITH_FOREIGN_FUNCTIONS
                ? fastest(LIBCRYPTO, keys)
                : jdk("libcrypto needs Java " + JAVA_WITH_FOREIGN_FUNCTIONS);
    }

    static Cryptography fastest(String className, List<DkimKey> keys) {
        try {
            SigningPrimitive found = (SigningPrimitive)
                    Class.forName(className).getDeclaredConstructor().newInstance();
            return signsAsTheJdk(found, keys)
                    ? new Cryptography(found, "")
                    : jdk(found.name() + " signs otherwise than the JDK");
        } catch (ReflectiveOperationException | GeneralSecurityException | LinkageError | RuntimeException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            return jdk("libcrypto cannot be used: " + cause.getMessage());
        }
    }

    /** Both algorithms leave nothing to chance: one key and one text have one signature. RFC 8017 §8.2, RFC 8032. */
    private static boolean signsAsTheJdk(SigningPrimitive primitive, List<DkimKey> keys)
            throws GeneralSecurityException {
        byte[] text = "is this the same signature?".getBytes(US_ASCII);
        SigningPrimitive jdk = new JdkSigning();
        for (DkimKey key : keys) {
            if (!Arrays.equals(primitive.sign(key, text), jdk.sign(key, text))) {
                return false;
            }
        }
        return true;
    }
}
