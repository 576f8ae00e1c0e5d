package dev.authmail.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.authmail.address.Domain;
import dev.authmail.address.MailAddress;
import dev.authmail.authurl.AuthUrl;
import dev.authmail.authurl.AuthUrlSigner;
import dev.authmail.authurl.UrlKeys;
import dev.authmail.dkim.DkimAlgorithm;
import dev.authmail.dkim.DkimKey;
import dev.authmail.dkim.DkimSigner;
import dev.authmail.event.EventReader;
import dev.authmail.event.EventReading;
import dev.authmail.event.RegistrationEvent;
import dev.authmail.event.SourceRecord;
import dev.authmail.mail.ComposerSettings;
import dev.authmail.mail.MailComposer;
import dev.authmail.mail.MailContent;
import dev.authmail.mail.MailMessage;
import dev.authmail.mail.SignedMessage;
import dev.authmail.template.MailModel;
import dev.authmail.template.RenderedMail;
import dev.authmail.template.Rendering;
import dev.authmail.template.TemplateRenderer;
import dev.authmail.testkit.TestKeys;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** authmail's parts, one after the other, from the octets of an event to the signed message. */
final class MailMaker {
    private static final MailAddress FROM = new MailAddress("no-reply", new Domain("sender.test"));

    private final Clock clock = Clock.systemUTC();
    private final EventReader reader = new EventReader(Locale.ENGLISH, EventReader.DEFAULT_MAX_OCTETS);
    private final TemplateRenderer renderer = new TemplateRenderer(null, Locale.ENGLISH, ZoneOffset.UTC, clock);
    private final MailComposer composer =
            new MailComposer(new ComposerSettings(FROM, "Example", null, FROM.domain(), null), clock);
    private final AuthUrlSigner urls;
    private final DkimSigner signer;

    /** @param folder takes the keys, which are made */
    MailMaker(Path folder) {
        TestKeys keys = TestKeys.in(folder);
        urls = new AuthUrlSigner(
                URI.create("https://app.bench.test"),
                Map.of("verify-email", "/verify"),
                UrlKeys.read(keys.urlKeys()),
                Duration.ofDays(1),
                clock);
        signer = new DkimSigner(
                List.of(DkimKey.load("sender.test", "rsa", DkimAlgorithm.RSA_SHA256, keys.rsaFile())), clock);
    }

    RegistrationEvent event(byte[] value) {
        SourceRecord record =
                new SourceRecord("registrations", 0, 0, Instant.now(), "u".getBytes(US_ASCII), value, List.of());
        return ((EventReading.Read) reader.read(record)).event();
    }

    AuthUrl link(RegistrationEvent event) {
        return urls.sign(event);
    }

    RenderedMail rendered(RegistrationEvent event, AuthUrl link) {
        MailModel model = new MailModel(
                event.purpose(), event.locale(), event.name(), link.value(), link.expires(), "Example", null);
        return ((Rendering.Rendered) renderer.render(model)).mail();
    }

    MailMessage composed(RegistrationEvent event, RenderedMail mail) {
        MailContent content = new MailContent(
                mail.subject(), mail.text(), mail.html(), mail.locale().toLanguageTag());
        return composer.compose(content, event.email(), event.id().fingerprint().base32());
    }

    /** All of it, signed by the JDK. */
    SignedMessage signed(byte[] value) {
        RegistrationEvent event = event(value);
        return signer.sign(composed(event, rendered(event, link(event))));
    }
}
