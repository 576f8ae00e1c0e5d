package dev.authmail.config;

import dev.authmail.address.Domain;
import dev.authmail.command.SendTestSetup;
import dev.authmail.delivery.AddressLookup;
import dev.authmail.delivery.Decider;
import dev.authmail.delivery.DirectHop;
import dev.authmail.delivery.Hop;
import dev.authmail.delivery.RelayHop;
import dev.authmail.delivery.ReplyClassifier;
import dev.authmail.delivery.ReplyRules;
import dev.authmail.dkim.Cryptography;
import dev.authmail.dkim.DkimKey;
import dev.authmail.dkim.DkimSigner;
import dev.authmail.dns.DnsJava;
import dev.authmail.envelope.EnvelopeKeys;
import dev.authmail.envelope.EnvelopeSender;
import dev.authmail.event.EventId;
import dev.authmail.mail.MailComposer;
import dev.authmail.mail.MailContent;
import dev.authmail.mx.MxResolver;
import dev.authmail.smtp.Dialogue;
import dev.authmail.smtp.Envelope;
import dev.authmail.smtp.SmtpClient;
import dev.authmail.smtp.SmtpTransport;
import dev.authmail.template.TemplateRenderer;
import dev.authmail.tlspolicy.TlsPolicies;
import dev.authmail.traffic.Gate;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** All that one mail needs, as the service has it, but without Kafka: no hold and no closed provider is known. */
final class SettingsOfSendTest {
    private final AuthmailSettings settings;
    private final SettingsOfMail mail;
    private final SettingsOfDelivery delivery;

    SettingsOfSendTest(AuthmailSettings settings) {
        this.settings = settings;
        this.mail = new SettingsOfMail(settings);
        this.delivery = new SettingsOfDelivery(settings);
    }

    SendTestSetup setup(Dialogue dialogue, Clock clock) {
        Decider decider = new Decider(new ReplyClassifier(rules()));
        SmtpTransport transport = new SmtpClient(delivery.client(), dialogue);
        TemplateRenderer renderer = mail.renderer(clock);
        SendTestSetup.MailMaker maker = maker(renderer, clock);
        List<Hop> hops = new ArrayList<>();
        for (String name : Relays.configured(settings.relays())) {
            AuthmailSettings.Relay relay =
                    Objects.requireNonNull(settings.relays().get(name));
            hops.add(new RelayHop(Relays.withCredentials(name, relay), AddressLookup.ofSystem(), transport, Gate.OPEN));
        }
        DnsJava dns = delivery.open(delivery.tls());
        TlsPolicies policies = TlsPolicies.open(
                delivery.tls(), dns, delivery.direct().port(), SettingsOfDelivery.mayConnect(delivery.mx()), clock);
        if (settings.direct().enabled() != AuthmailSettings.Direct.Enabled.NEVER) {
            MxResolver resolver = new MxResolver(dns, delivery.mx(), new SecureRandom());
            hops.add(new DirectHop(resolver, policies, transport, Gate.OPEN, decider, delivery.direct()));
        }
        return new SendTestSetup(
                Set.copyOf(renderer.purposes()),
                maker,
                hops,
                decider,
                delivery.schedule(),
                settings.smtp().attemptTimeout(),
                List.of(transport, dns, policies));
    }

    private ReplyRules rules() {
        Path folder = settings.rules().folder();
        return folder == null
                ? ReplyRules.shipped()
                : Checked.setting("authmail.rules.folder", () -> ReplyRules.withOwn(folder));
    }

    private SendTestSetup.MailMaker maker(TemplateRenderer renderer, Clock clock) {
        MailComposer composer = mail.composer(clock);
        EnvelopeSender sender = sender(mail.bounceDomain(), clock);
        List<DkimKey> keys = mail.dkimKeys();
        Cryptography crypto = switch (settings.dkim().crypto()) {
            case AUTO -> Cryptography.fastest(keys);
            case JDK -> Cryptography.jdk("authmail.dkim.crypto asks for it");
        };
        DkimSigner signer = new DkimSigner(keys, clock, Optional.empty(), crypto.primitive());
        return (purpose, language, to) -> {
            EventId id = new EventId("send-test|" + UUID.randomUUID());
            MailContent content = mail.content(purpose, language(language), renderer, clock);
            MailContent marked = new MailContent(
                    "[authmail send-test] " + content.subject(), content.text(), content.html(), content.languageTag());
            Envelope envelope = new Envelope(sender.reversePath(id), to);
            return new SendTestSetup.Mail(
                    signer.sign(composer.compose(marked, to, id.fingerprint().base32())), envelope);
        };
    }

    private Locale language(String tag) {
        return tag.isEmpty() ? settings.templates().defaultLocale() : Locale.forLanguageTag(tag);
    }

    private EnvelopeSender sender(Domain domain, Clock clock) {
        Path folder = Checked.required(
                "authmail.mail.envelope-keys",
                settings.mail().envelopeKeys(),
                "make one with: java -jar authmail.jar keygen envelope, and name its folder");
        EnvelopeKeys keys = Checked.setting("authmail.mail.envelope-keys", () -> EnvelopeKeys.read(folder));
        return new EnvelopeSender(domain, keys, clock);
    }
}
