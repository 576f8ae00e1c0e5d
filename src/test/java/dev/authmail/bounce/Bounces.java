package dev.authmail.bounce;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.authmail.delivery.ReplyRules;
import dev.authmail.mime.MimeLimits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** Reads mails with the shipped rules. */
final class Bounces {
    static final BounceReader READER =
            new BounceReader(BounceRules.shipped(), ReplyRules.shipped(), MimeLimits.defaults());

    private Bounces() {}

    /** A mail among the fixtures. */
    static Bounce fixture(String name) {
        return read(octets(name));
    }

    static byte[] octets(String name) {
        try (InputStream in = Objects.requireNonNull(Bounces.class.getResourceAsStream("/bounces/" + name), name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Bounce read(String mail) {
        return read(mail.getBytes(UTF_8));
    }

    static Bounce read(byte[] mail) {
        try {
            return READER.read(new ByteArrayInputStream(mail));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
