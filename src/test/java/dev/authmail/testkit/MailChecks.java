package dev.authmail.testkit;

import dev.authmail.authurl.AuthUrlVerifier;
import dev.authmail.authurl.AuthUrlVerifier.Verification;
import dev.authmail.authurl.AuthUrlVerifier.VerifiedLink;
import dev.authmail.dkim.DkimVerifier;
import dev.authmail.dkim.PublishedKeys;
import dev.authmail.dkim.SignatureResult;
import dev.authmail.dns.DnsAnswer;
import dev.authmail.dns.DnsJava;
import dev.authmail.dns.DnsSettings;
import dev.authmail.envelope.EnvelopeKeys;
import dev.authmail.envelope.EnvelopeToken;
import dev.authmail.mail.MailMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** What the recipient's server and the application find out about a mail, from public keys and from their own. */
public final class MailChecks implements AutoCloseable {
    private final TestKeys keys;
    private final DnsJava dns;
    private final AuthUrlVerifier links;

    MailChecks(TestKeys keys, DnsServer server, String origin) {
        this.keys = keys;
        dns = new DnsJava(new DnsSettings(
                List.of(server.address()), Duration.ofSeconds(5), 2, 100, Duration.ZERO, Duration.ZERO));
        links = new AuthUrlVerifier(URI.create(origin), Map.of("2026-11", urlKey()), Clock.systemUTC());
    }

    private PublishedKeys.Answer published(String name) {
        return switch (dns.txt(name)) {
            case DnsAnswer.Found<String> found -> new PublishedKeys.Answer.Found(found.records());
            case DnsAnswer.Failed<String> failed -> new PublishedKeys.Answer.Unavailable(failed.detail());
            default -> new PublishedKeys.Answer.NotFound();
        };
    }

    private byte[] urlKey() {
        try {
            return Base64.getUrlDecoder()
                    .decode(Files.readString(keys.urlKeys().resolve("2026-11.key"))
                            .strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code algorithm result} of each DKIM signature, such as {@code rsa-sha256 pass}. */
    public List<String> dkim(ReceivedMail mail) {
        return dkim(mail, Clock.systemUTC());
    }

    /** The same at another time: a signature of the future is none. RFC 6376 §3.5. */
    public List<String> dkim(ReceivedMail mail, Clock clock) {
        return new DkimVerifier(this::published, clock)
                .verify(new MailMessage(mail.octets())).signatures().stream()
                        .map(MailChecks::words)
                        .toList();
    }

    private static String words(SignatureResult result) {
        return result.algorithm() + " " + result.result().word();
    }

    /** What the link of a mail says; an error when it does not verify. */
    public VerifiedLink link(ReceivedMail mail) {
        URI link = ReadMail.of(mail).link();
        return switch (links.verify(link.getRawPath() + "?" + link.getRawQuery(), "verify-email")) {
            case Verification.Valid valid -> valid.link();
            case Verification.Expired expired -> throw new AssertionError("the link has expired");
            case Verification.Invalid invalid -> throw new AssertionError("the link " + invalid.why());
        };
    }

    /** What the envelope sender of a mail says. */
    public EnvelopeToken token(ReceivedMail mail) {
        String from = mail.from();
        return EnvelopeToken.read(from.substring(0, from.indexOf('@')), EnvelopeKeys.read(keys.envelopeKeys()));
    }

    @Override
    public void close() {
        dns.close();
    }
}
