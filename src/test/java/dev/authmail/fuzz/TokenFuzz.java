package dev.authmail.fuzz;

import dev.authmail.envelope.EnvelopeKeys;
import dev.authmail.envelope.EnvelopeToken;
import dev.authmail.keys.HmacKey;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Envelope tokens and Message-IDs: nobody without the key makes one. {@code bench/fuzz token}. */
public final class TokenFuzz {
    private static final EnvelopeKeys KEYS = new EnvelopeKeys(Map.of(1, new HmacKey(new byte[32])));

    private TokenFuzz() {}

    /** Jazzer's entry: nothing is thrown, and nothing is genuine. */
    public static void fuzzerTestOneInput(byte[] octets) {
        String text = new String(octets, StandardCharsets.UTF_8);
        if (EnvelopeToken.read(text, KEYS) instanceof EnvelopeToken.Genuine
                || EnvelopeToken.readMessageId(text, KEYS).isPresent()) {
            throw new AssertionError("a token was forged: " + text);
        }
    }
}
