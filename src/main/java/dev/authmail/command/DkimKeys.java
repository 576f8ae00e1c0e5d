package dev.authmail.command;

import com.ibm.icu.text.IDNA;
import dev.authmail.dkim.DkimAlgorithm;
import dev.authmail.dkim.DkimKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;

/** Makes DKIM keys, writes them, and says what to publish. RFC 6376 §3.6.2, RFC 8301 §3.2, RFC 8463. */
final class DkimKeys {
    private static final int RSA_BITS = 2048;

    private final SecureRandom random;
    private final KeyFolder folder;

    DkimKeys(SecureRandom random, KeyFolder folder) {
        this.random = random;
        this.folder = folder;
    }

    /** @throws IllegalArgumentException when domain or selector is no name */
    void make(String domain, String selector, DkimKeyChoice choice, PrintWriter out) throws IOException {
        String ascii = aLabels(domain);
        List<Made> keys = choice.algorithms().stream()
                .map(algorithm -> made(ascii, choice.selector(selector, algorithm), algorithm))
                .toList();
        folder.requireFree(keys.stream().map(Made::fileName).toList());
        for (Made made : keys) {
            describe(made.key(), folder.write(made.fileName(), made.pem()), out);
        }
        out.println("Publish first, wait for the old record's TTL, then let authmail sign with the new selector.");
    }

    private static void describe(DkimKey key, Path file, PrintWriter out) {
        out.println("Key:    " + file + " (" + key.algorithm().tag() + ")");
        out.println("Name:   " + key.recordName());
        out.println("Type:   TXT");
        out.println("Value:  " + key.publicRecord());
        out.println("In a zone file:");
        out.println(TxtRecord.zoneLine(key.recordName(), key.publicRecord()));
        out.println();
    }

    private record Made(DkimKey key, PrivateKey privateKey) {
        String fileName() {
            return key.selector() + ".pem";
        }

        /** PKCS#8 as {@code openssl genpkey} writes it. RFC 7468 §10. */
        String pem() {
            String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(privateKey.getEncoded());
            return "-----BEGIN PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----\n";
        }

        @Override
        public String toString() {
            return "Made[" + key + "]";
        }
    }

    private Made made(String domain, String selector, DkimAlgorithm algorithm) {
        PrivateKey key = privateKey(algorithm);
        return new Made(DkimKey.of(domain, selector, algorithm, key), key);
    }

    private PrivateKey privateKey(DkimAlgorithm algorithm) {
        try {
            return switch (algorithm) {
                case RSA_SHA256 -> generated("RSA", RSA_BITS);
                case ED25519_SHA256 -> generated("Ed25519", 255);
            };
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has RSA and Ed25519", e);
        }
    }

    private PrivateKey generated(String algorithm, int size) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(size, random);
        return generator.generateKeyPair().getPrivate();
    }

    private static String aLabels(String domain) {
        StringBuilder ascii = new StringBuilder();
        IDNA.Info info = new IDNA.Info();
        IDNA.getUTS46Instance(IDNA.NONTRANSITIONAL_TO_ASCII).nameToASCII(domain, ascii, info);
        if (info.hasErrors()) {
            throw new IllegalArgumentException("--domain " + domain + " is not a domain name");
        }
        return ascii.toString();
    }
}
