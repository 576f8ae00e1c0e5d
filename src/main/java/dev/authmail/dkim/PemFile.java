package dev.authmail.dkim;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A private key in a PEM file. RFC 7468. */
final class PemFile {
    private static final int MAX_SIZE = 1 << 16;
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----\\s+(.*?)-----END \\1-----", Pattern.DOTALL);

    private PemFile() {}

    /** @param what the thing that the file is for, as messages name it */
    static PrivateKey privateKey(Path file, String what) {
        Matcher block = BLOCK.matcher(text(file, what));
        if (!block.find()) {
            throw wrong(what, file, "is not PEM: it needs a -----BEGIN PRIVATE KEY----- block");
        }
        String label = block.group(1);
        String content = block.group(2);
        if (label.startsWith("ENCRYPTED") || content.contains("ENCRYPTED")) {
            throw wrong(what, file, "is encrypted: store it without a passphrase (openssl pkey -in … -out …)");
        }
        return switch (label) {
            case "PRIVATE KEY" -> key(octets(content, what, file), what, file);
            case "RSA PRIVATE KEY" -> key(Der.rsaPrivateKeyInfo(octets(content, what, file)), what, file);
            default -> throw wrong(what, file, "holds a " + label + ": it needs an RSA or Ed25519 private key");
        };
    }

    private static String text(Path file, String what) {
        try {
            if (Files.size(file) > MAX_SIZE) {
                throw wrong(what, file, "is too large for a key: name the right file");
            }
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            // Only the kind of failure: the text of the exception may say more than the operator should read in a log.
            throw wrong(
                    what, file, "cannot be read (" + e.getClass().getSimpleName() + "): check path and permissions");
        }
    }

    private static byte[] octets(String content, String what, Path file) {
        return Base64Text.decode(content).orElseThrow(() -> wrong(what, file, "is not base64 inside its PEM block"));
    }

    private static PrivateKey key(byte[] info, String what, Path file) {
        return List.of("RSA", "Ed25519").stream()
                .flatMap(algorithm -> key(algorithm, info).stream())
                .findFirst()
                .orElseThrow(() ->
                        wrong(what, file, "is neither an RSA nor an Ed25519 key: make one with authmail keygen dkim"));
    }

    private static Optional<PrivateKey> key(String algorithm, byte[] info) {
        try {
            return Optional.of(KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(info)));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    private static IllegalArgumentException wrong(String what, Path file, String why) {
        return new IllegalArgumentException(what + ": the file " + file + " " + why);
    }
}
