package dev.authmail.config;

import dev.authmail.authurl.AuthUrlSigner;
import dev.authmail.authurl.UrlKeys;
import dev.authmail.camel.ComposeMail;
import dev.authmail.camel.DescribeCopy;
import dev.authmail.camel.RenderMail;
import dev.authmail.camel.SignDkim;
import dev.authmail.camel.SignUrl;
import dev.authmail.camel.WithholdLink;
import dev.authmail.dkim.Cryptography;
import dev.authmail.dkim.DkimKey;
import dev.authmail.dkim.DkimSigner;
import dev.authmail.dkim.SigningPrimitive;
import dev.authmail.envelope.EnvelopeKeys;
import dev.authmail.envelope.EnvelopeSender;
import dev.authmail.template.TemplateRenderer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** From the event to the signed message: the steps of prepare and sign. */
@Configuration(proxyBeanMethods = false)
class MailConfiguration {
    private static final Logger LOG = LoggerFactory.getLogger(MailConfiguration.class);
    private static final String MAKE_KEY = "make one with: java -jar authmail.jar keygen ";

    private final AuthmailSettings settings;
    private final Clock clock;

    MailConfiguration(AuthmailSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    @Bean
    SignUrl signUrl() {
        AuthmailSettings.Link link = settings.link();
        var origin = new SettingsOfMail(settings).origin();
        Path folder = Checked.required("authmail.link.keys", link.keys(), MAKE_KEY + "url, and name its folder");
        UrlKeys keys = Checked.setting("authmail.link.keys", () -> UrlKeys.read(folder));
        return Checked.setting(
                "authmail.link",
                () -> new SignUrl(
                        new AuthUrlSigner(origin, link.paths(), keys, link.lifetime(), clock),
                        new SettingsOfMail(settings).codes(clock)));
    }

    @Bean
    TemplateRenderer templateRenderer() {
        return new SettingsOfMail(settings).renderer(clock);
    }

    @Bean
    LintAtStart lintAtStart(TemplateRenderer renderer) {
        return new LintAtStart(new SettingsOfMail(settings).samples(renderer, clock));
    }

    @Bean
    RenderMail renderMail(TemplateRenderer renderer) {
        SettingsOfMail mail = new SettingsOfMail(settings);
        return new RenderMail(renderer, mail.product(), mail.support());
    }

    @Bean
    ComposeMail composeMail(EnvelopeKeys envelopeKeys) {
        SettingsOfMail mail = new SettingsOfMail(settings);
        return new ComposeMail(mail.composer(clock), new EnvelopeSender(mail.bounceDomain(), envelopeKeys, clock));
    }

    /** For copies, as routes/recipes/archive makes them. */
    @Bean
    WithholdLink withholdLink() {
        return new WithholdLink();
    }

    @Bean
    DescribeCopy describeCopy() {
        return new DescribeCopy();
    }

    @Bean
    EnvelopeKeys envelopeKeys() {
        AuthmailSettings.Mail mail = settings.mail();
        Path folder = Checked.required(
                "authmail.mail.envelope-keys", mail.envelopeKeys(), MAKE_KEY + "envelope, and name its folder");
        return Checked.setting("authmail.mail.envelope-keys", () -> EnvelopeKeys.read(folder));
    }

    @Bean
    SignDkim signDkim(DkimSigner signer) {
        return new SignDkim(signer, settings.smtp().attemptTimeout());
    }

    @Bean
    DkimSigner dkimSigner(MeterRegistry meters) {
        List<DkimKey> keys = new SettingsOfMail(settings).dkimKeys();
        keys.forEach(key -> key.weakness().ifPresent(weakness -> LOG.warn("authmail.dkim.keys: {}", weakness)));
        return new DkimSigner(keys, clock, Optional.empty(), cryptography(keys, meters));
    }

    private SigningPrimitive cryptography(List<DkimKey> keys, MeterRegistry meters) {
        Cryptography chosen = switch (settings.dkim().crypto()) {
            case AUTO -> Cryptography.fastest(keys);
            case JDK -> Cryptography.jdk("authmail.dkim.crypto asks for it");
        };
        String name = chosen.primitive().name();
        LOG.info("DKIM signatures are made by {}{}", name, chosen.why().isEmpty() ? "" : ": " + chosen.why());
        Gauge.builder("authmail.dkim.crypto", () -> 1)
                .description("Who makes the DKIM signatures; the value is always 1")
                .tag("provider", name)
                .register(meters);
        return new TimedSigning(chosen.primitive(), meters);
    }
}
