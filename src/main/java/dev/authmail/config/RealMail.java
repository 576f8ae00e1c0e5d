package dev.authmail.config;

import dev.authmail.address.Domain;
import dev.authmail.address.MailAddress;
import dev.authmail.dkim.Cryptography;
import dev.authmail.dkim.DkimKey;
import dev.authmail.dkim.DkimSigner;
import dev.authmail.envelope.EnvelopeKeys;
import dev.authmail.envelope.EnvelopeSender;
import dev.authmail.event.EventId;
import dev.authmail.mail.MailComposer;
import dev.authmail.mail.MailContent;
import dev.authmail.roundtrip.MarkedMail;
import dev.authmail.smtp.Envelope;
import dev.authmail.template.TemplateRenderer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** Makes mails as the service does, rendered, composed and signed, for nobody who signed up; their links prove nothing. */
final class RealMail {
    private final SettingsOfMail mail;
    private final Locale standard;
    private final TemplateRenderer renderer;
    private final MailComposer composer;
    private final EnvelopeSender sender;
    private final DkimSigner signer;
    private final Clock clock;

    RealMail(AuthmailSettings settings, TemplateRenderer renderer, Clock clock) {
        this.mail = new SettingsOfMail(settings);
        this.standard = settings.templates().defaultLocale();
        this.renderer = renderer;
        this.composer = mail.composer(clock);
        this.sender = sender(settings, mail.bounceDomain(), clock);
        this.signer = signer(settings, mail.dkimKeys(), clock);
        this.clock = clock;
    }

    private static EnvelopeSender sender(AuthmailSettings settings, Domain domain, Clock clock) {
        Path folder = Checked.required(
                "authmail.mail.envelope-keys",
                settings.mail().envelopeKeys(),
                "make one with: java -jar authmail.jar keygen envelope, and name its folder");
        EnvelopeKeys keys = Checked.setting("authmail.mail.envelope-keys", () -> EnvelopeKeys.read(folder));
        return new EnvelopeSender(domain, keys, clock);
    }

    private static DkimSigner signer(AuthmailSettings settings, List<DkimKey> keys, Clock clock) {
        Cryptography crypto = switch (settings.dkim().crypto()) {
            case AUTO -> Cryptography.fastest(keys);
            case JDK -> Cryptography.jdk("authmail.dkim.crypto asks for it");
        };
        return new DkimSigner(keys, clock, Optional.empty(), crypto.primitive());
    }

    /**
     * Makes one. Its mark is the left part of its Message-ID, which our envelope key vouches for.
     *
     * @param kind what it is for, such as {@code send-test}
     * @param language a language tag; empty for the default
     * @param label what stands before the subject, given the mark
     */
    MarkedMail make(String kind, String purpose, String language, MailAddress to, UnaryOperator<String> label) {
        EventId id = new EventId(kind + "|" + UUID.randomUUID());
        String mark = sender.messageId(id);
        Locale locale = language.isEmpty() ? standard : Locale.forLanguageTag(language);
        MailContent content = mail.content(purpose, locale, renderer, clock);
        MailContent marked = new MailContent(
                label.apply(mark) + " " + content.subject(), content.text(), content.html(), content.languageTag());
        return new MarkedMail(
                mark, signer.sign(composer.compose(marked, to, mark)), new Envelope(sender.reversePath(id), to));
    }
}
