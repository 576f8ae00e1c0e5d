package dev.authmail.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.EdECPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;

/** Every key that authmail needs, made new in a folder, and the DNS records that go with them. */
public final class TestKeys {
    private final Path folder;
    private final KeyPair rsa = pair("RSA", 2048);
    private final KeyPair ed25519 = pair("Ed25519", 255);

    private TestKeys(Path folder) {
        this.folder = folder;
    }

    /** Makes the keys in a folder, which may be new. */
    public static TestKeys in(Path folder) {
        TestKeys keys = new TestKeys(folder);
        try {
            Files.createDirectories(keys.urlKeys());
            Files.createDirectories(keys.envelopeKeys());
            Files.writeString(keys.urlKeys().resolve("2026-11.key"), secret((byte) 1));
            Files.writeString(keys.envelopeKeys().resolve("1.key"), secret((byte) 2));
            Files.writeString(keys.rsaFile(), pem(keys.rsa.getPrivate()));
            Files.writeString(keys.ed25519File(), pem(keys.ed25519.getPrivate()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return keys;
    }

    public Path urlKeys() {
        return folder.resolve("url");
    }

    public Path envelopeKeys() {
        return folder.resolve("envelope");
    }

    public Path rsaFile() {
        return folder.resolve("rsa.pem");
    }

    public Path ed25519File() {
        return folder.resolve("ed25519.pem");
    }

    /** The key records, in zone-file form, under {@code rsa._domainkey} and {@code ed._domainkey}. RFC 6376 §3.6.1. */
    public String dkimRecords() {
        StringBuilder zone = new StringBuilder();
        keyRecords()
                .forEach((name, value) -> zone.append(name)
                        .append(" IN TXT ")
                        .append(strings(value))
                        .append('\n'));
        return zone.toString();
    }

    /** The values of the key records, under their names relative to the domain. */
    public Map<String, String> keyRecords() {
        return Map.of(
                "rsa._domainkey", "v=DKIM1; k=rsa; p=" + base64(rsa.getPublic().getEncoded()),
                "ed._domainkey", "v=DKIM1; k=ed25519; p=" + base64(rawEd25519()));
    }

    /** The last 32 octets of the SubjectPublicKeyInfo are the key itself. RFC 8410 §4. */
    private byte[] rawEd25519() {
        byte[] encoded = ((EdECPublicKey) ed25519.getPublic()).getEncoded();
        return Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
    }

    private static String strings(String value) {
        return "\"" + value.replaceAll("(.{200})(?=.)", "$1\" \"") + "\"";
    }

    private static String secret(byte fill) {
        byte[] octets = new byte[32];
        Arrays.fill(octets, fill);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(octets) + "\n";
    }

    private static String pem(Key key) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded());
        return "-----BEGIN PRIVATE KEY-----\n" + body + "\n-----END PRIVATE KEY-----\n";
    }

    private static String base64(byte[] octets) {
        return Base64.getEncoder().encodeToString(octets);
    }

    private static KeyPair pair(String algorithm, int size) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(size);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
