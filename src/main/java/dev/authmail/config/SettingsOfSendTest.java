package dev.authmail.config;

import dev.authmail.command.SendTestSetup;
import dev.authmail.delivery.AddressLookup;
import dev.authmail.delivery.Decider;
import dev.authmail.delivery.DirectHop;
import dev.authmail.delivery.Hop;
import dev.authmail.delivery.RelayHop;
import dev.authmail.delivery.ReplyClassifier;
import dev.authmail.delivery.ReplyRules;
import dev.authmail.dns.DnsJava;
import dev.authmail.mx.MxResolver;
import dev.authmail.smtp.Dialogue;
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
import java.util.Objects;
import java.util.Set;

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
        RealMail mails = new RealMail(settings, renderer, clock);
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
                (purpose, language, to) ->
                        mails.make("send-test", purpose, language, to, mark -> "[authmail send-test]"),
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
}
