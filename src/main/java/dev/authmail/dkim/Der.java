package dev.authmail.dkim;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;

/** The little DER that bare keys need to become those that the JDK reads. X.690, RFC 5208, RFC 8017 §A.1, RFC 8410. */
final class Der {
    private static final HexFormat HEX = HexFormat.of();
    private static final byte[] VERSION_0 = HEX.parseHex("020100");
    private static final byte[] RSA_ENCRYPTION = HEX.parseHex("300d06092a864886f70d0101010500");
    private static final byte[] ED25519_INFO = HEX.parseHex("302a300506032b6570032100");
    private static final int INTEGER = 0x02;
    private static final int BIT_STRING = 0x03;
    private static final int OCTET_STRING = 0x04;
    private static final int SEQUENCE = 0x30;

    private Der() {}

    /** PKCS#1 RSAPrivateKey to PKCS#8 PrivateKeyInfo. RFC 5208 §5. */
    static byte[] rsaPrivateKeyInfo(byte[] pkcs1) {
        return element(SEQUENCE, VERSION_0, RSA_ENCRYPTION, element(OCTET_STRING, pkcs1));
    }

    /** PKCS#1 RSAPublicKey to SubjectPublicKeyInfo. RFC 5280 §4.1. */
    static byte[] rsaSubjectPublicKeyInfo(byte[] pkcs1) {
        return element(SEQUENCE, RSA_ENCRYPTION, element(BIT_STRING, new byte[] {0}, pkcs1));
    }

    /** 32 octets to SubjectPublicKeyInfo. RFC 8410 §4. */
    static byte[] ed25519SubjectPublicKeyInfo(byte[] key) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(ED25519_INFO);
        out.writeBytes(key);
        return out.toByteArray();
    }

    /** Whether a sequence begins with an integer (the modulus) and not with an algorithm. */
    static boolean isRsaPublicKey(byte[] octets) {
        if (octets.length < 4 || octets[0] != SEQUENCE) {
            return false;
        }
        int first = 2 + (octets[1] < 0 ? octets[1] & 0x7f : 0);
        return first < octets.length && octets[first] == INTEGER;
    }

    private static byte[] element(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(content.size() + 6);
        out.write(tag);
        length(out, content.size());
        out.writeBytes(content.toByteArray());
        return out.toByteArray();
    }

    /** X.690 §8.1.3: one octet below 128, else how many octets and these. */
    private static void length(ByteArrayOutputStream out, int length) {
        if (length < 0x80) {
            out.write(length);
            return;
        }
        int octets = (Integer.SIZE - Integer.numberOfLeadingZeros(length) + 7) / 8;
        out.write(0x80 | octets);
        for (int shift = 8 * (octets - 1); shift >= 0; shift -= 8) {
            out.write(length >>> shift);
        }
    }
}
