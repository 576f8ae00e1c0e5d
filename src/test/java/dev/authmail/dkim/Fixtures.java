package dev.authmail.dkim;

import dev.authmail.mail.MailMessage;
import dev.authmail.mail.SignedMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Mails and keys that the tests of this room share. */
final class Fixtures {
    static final Path FOLDER = Path.of("src/test/resources/dkim");
    static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(1_764_000_000), ZoneOffset.UTC);
    static final String DOMAIN = "app.example.jp";

    private Fixtures() {}

    static DkimKey rsa() {
        return DkimKey.load(DOMAIN, "s2026-rsa", DkimAlgorithm.RSA_SHA256, FOLDER.resolve("rsa2048-pkcs8.pem"));
    }

    static DkimKey ed25519() {
        Path pem = FOLDER.resolve("rfc8463-appendix-a-ed25519.pem");
        return DkimKey.load(DOMAIN, "s2026-ed25519", DkimAlgorithm.ED25519_SHA256, pem);
    }

    static DkimSigner signer(DkimKey... keys) {
        return new DkimSigner(List.of(keys), CLOCK);
    }

    static PublishedKeys published(DkimKey... keys) {
        Map<String, String> records =
                Arrays.stream(keys).collect(Collectors.toMap(DkimKey::recordName, DkimKey::publicRecord));
        return name -> records.containsKey(name)
                ? new PublishedKeys.Answer.Found(List.of(records.getOrDefault(name, "")))
                : new PublishedKeys.Answer.NotFound();
    }

    static DkimVerifier verifier(DkimKey... keys) {
        return new DkimVerifier(published(keys), CLOCK);
    }

    /** A text block as a mail: its line ends become CRLF, it may hold UTF-8. */
    static MailMessage mail(String text) {
        return new MailMessage(text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    static MailMessage plainMail() {
        return mail("""
                From: Example <noreply@app.example.jp>
                To: hanako@example.jp
                Subject: Confirm your address
                Date: Mon, 24 Nov 2025 16:00:00 +0000
                Message-ID: <1@app.example.jp>
                MIME-Version: 1.0
                Content-Type: text/plain; charset=utf-8
                Content-Transfer-Encoding: 7bit
                Auto-Submitted: auto-generated

                Hello,
                .
                follow the link.
                """);
    }

    static MailMessage read(String name) {
        try {
            return new MailMessage(Files.readAllBytes(FOLDER.resolve(name)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] octets(MailMessage message) {
        byte[] octets = new byte[message.size()];
        message.octets().get(octets);
        return octets;
    }

    static byte[] octets(SignedMessage message) {
        byte[] octets = new byte[message.size()];
        message.octets().get(octets);
        return octets;
    }

    static MailMessage asMail(SignedMessage message) {
        return new MailMessage(octets(message));
    }
}
