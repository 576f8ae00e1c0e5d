package dev.authmail.dkim;

import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.util.Locale;
import java.util.Optional;

/** A private key with the name under which its public half is published. Its texts never show the key. */
public final class DkimKey {
    private static final int GOOD_RSA_BITS = 2048;

    private final String domain;
    private final String selector;
    private final DkimAlgorithm algorithm;
    private final PrivateKey privateKey;

    private DkimKey(String domain, String selector, DkimAlgorithm algorithm, PrivateKey privateKey) {
        this.domain = domain;
        this.selector = selector;
        this.algorithm = algorithm;
        this.privateKey = privateKey;
    }

    /**
     * Reads a key: PKCS#8 (RSA, Ed25519) or PKCS#1 (RSA), PEM, not encrypted. RFC 7468, RFC 8017 §A.1.2, RFC 8410.
     *
     * @param domain the value of {@code d=}, A-labels
     * @param selector the value of {@code s=}
     * @param algorithm what the key is meant for
     * @param pem the file
     * @throws IllegalArgumentException when it is not such a key; the message names selector and mend
     */
    public static DkimKey load(String domain, String selector, DkimAlgorithm algorithm, Path pem) {
        return of(domain, selector, algorithm, PemFile.privateKey(pem, "DKIM key of selector " + selector));
    }

    /**
     * A key that is at hand.
     *
     * @throws IllegalArgumentException when key and algorithm do not fit, the RSA key is shorter than 1024 bits, or a
     *     name is none
     */
    public static DkimKey of(String domain, String selector, DkimAlgorithm algorithm, PrivateKey key) {
        String name = domain.toLowerCase(Locale.ROOT);
        requireName(name, "DKIM domain", "write it as A-labels, such as xn--r8jz45g.jp");
        requireName(selector.toLowerCase(Locale.ROOT), "DKIM selector", "use letters, digits and hyphens");
        DkimKey made = new DkimKey(name, selector, algorithm, key);
        made.requireFit();
        return made;
    }

    private static void requireName(String name, String what, String mend) {
        if (!DomainText.isName(name)) {
            throw new IllegalArgumentException(what + " \"" + name + "\" is not a DNS name: " + mend);
        }
    }

    private void requireFit() {
        boolean fits = switch (algorithm) {
            case RSA_SHA256 -> privateKey instanceof RSAPrivateCrtKey;
            case ED25519_SHA256 -> privateKey instanceof EdECPrivateKey && Ed25519.isKey(privateKey);
        };
        if (!fits) {
            throw new IllegalArgumentException("DKIM key of selector " + selector + " is of type "
                    + privateKey.getAlgorithm() + " but " + algorithm.tag()
                    + " is configured: change the algorithm or the file");
        }
        // RFC 8301 §3.2: signers MUST use at least 1024 bits and SHOULD use 2048.
        if (bits() < PublicKeys.MIN_RSA_BITS) {
            throw new IllegalArgumentException("DKIM key of selector " + selector + " has " + bits()
                    + " bits and nobody would accept it: make one of 2048 bits with authmail keygen dkim");
        }
    }

    /** The value of {@code d=}, A-labels in lower case. */
    public String domain() {
        return domain;
    }

    /** The value of {@code s=}. */
    public String selector() {
        return selector;
    }

    /** What it signs with. */
    public DkimAlgorithm algorithm() {
        return algorithm;
    }

    /** The length of an RSA modulus; 2048 or more is good. For Ed25519, whose keys have one length, the largest int. */
    private int bits() {
        return privateKey instanceof RSAPrivateCrtKey rsa ? rsa.getModulus().bitLength() : Integer.MAX_VALUE;
    }

    /** What is weak about the key, for a warning at start. RFC 8301 §3.2. */
    public Optional<String> weakness() {
        return bits() >= GOOD_RSA_BITS
                ? Optional.empty()
                : Optional.of("DKIM key of selector " + selector + " has " + bits()
                        + " bits: rotate to one of 2048 bits, which all mailbox providers recommend");
    }

    /** Where the record is published, without a final dot. RFC 6376 §3.6.2.1. */
    public String recordName() {
        return selector + "._domainkey." + domain;
    }

    /** The TXT record to publish there, in one piece. RFC 6376 §3.6.1, RFC 8463 §4. */
    public String publicRecord() {
        byte[] octets = switch (privateKey) {
            case RSAPrivateCrtKey rsa -> RsaPublic.subjectPublicKeyInfo(rsa);
            default -> Ed25519.publicOctets((EdECPrivateKey) privateKey);
        };
        return "v=DKIM1; k=" + algorithm.keyType() + "; p=" + Base64Text.encode(octets);
    }

    PrivateKey privateKey() {
        return privateKey;
    }

    @Override
    public String toString() {
        return "DkimKey[" + recordName() + ", " + algorithm.tag() + "]";
    }
}
