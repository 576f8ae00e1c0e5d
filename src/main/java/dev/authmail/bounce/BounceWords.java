package dev.authmail.bounce;

import dev.authmail.delivery.ReplyRules;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** What the words of notices mean where no server's reply is quoted: data, {@code rules/bounce-words.yaml}. */
final class BounceWords {
    private static final String SHIPPED = "/rules/bounce-words.yaml";

    private BounceWords() {}

    static ReplyRules shipped() {
        try (InputStream in = BounceWords.class.getResourceAsStream(SHIPPED)) {
            if (in == null) {
                throw new IllegalStateException(SHIPPED + " is not on the class path");
            }
            return ReplyRules.read(SHIPPED.substring(1), new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
