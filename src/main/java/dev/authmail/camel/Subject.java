package dev.authmail.camel;

import dev.authmail.event.RegistrationEvent;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/** Stands for a user and a purpose in the ledger without naming the user. */
final class Subject {
    private static final int OCTETS = 16;

    private Subject() {}

    static String of(RegistrationEvent event) {
        String text = "authmail-subject-v1\n" + event.userId() + "\n" + event.purpose();
        byte[] digest = sha256().digest(text.getBytes(StandardCharsets.UTF_8));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, OCTETS));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
