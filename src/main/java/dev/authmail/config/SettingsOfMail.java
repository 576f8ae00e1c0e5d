package dev.authmail.config;

import dev.authmail.address.Domain;
import dev.authmail.address.MailAddress;
import dev.authmail.authurl.OneTimeCodes;
import dev.authmail.dkim.DkimKey;
import dev.authmail.keys.HmacKey;
import dev.authmail.keys.KeyFolder;
import dev.authmail.lint.SampleMail;
import dev.authmail.mail.ComposerSettings;
import dev.authmail.mail.MailComposer;
import dev.authmail.mail.MailContent;
import dev.authmail.template.MailModel;
import dev.authmail.template.RenderedMail;
import dev.authmail.template.Rendering;
import dev.authmail.template.TemplateRenderer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The settings of the mail in the words of the rooms that have them; the service and its commands read them alike. */
final class SettingsOfMail {
    // Of the length of a real one, so that lines are as long.
    private static final String QUERY = "?uid=u-8123&ah=q83vEjRWeJCrze8SNFZ4kA&exp=1764003600&id=q83vEjRWeJCrze8SNFZ4kA"
            + "&kid=2026-01&sig=q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA";

    private static final String MAKE_KEY = "make one with: java -jar authmail.jar keygen dkim";

    private final AuthmailSettings settings;

    SettingsOfMail(AuthmailSettings settings) {
        this.settings = settings;
    }

    MailAddress from() {
        return Checked.address("authmail.mail.from", settings.mail().from());
    }

    /** The domain of the envelope sender. */
    Domain bounceDomain() {
        String given = settings.mail().bounceDomain();
        return given(given) ? Checked.domain("authmail.mail.bounce-domain", given) : from().domain();
    }

    /** The keys that sign; at least one. */
    List<DkimKey> dkimKeys() {
        AuthmailSettings.Dkim dkim = settings.dkim();
        if (dkim.keys().isEmpty()) {
            throw new SettingsException("authmail.dkim.keys", "there is no key; " + MAKE_KEY);
        }
        String domain = given(dkim.domain())
                ? Checked.domain("authmail.dkim.domain", dkim.domain()).ascii()
                : from().domain().ascii();
        List<DkimKey> keys = new ArrayList<>();
        for (int i = 0; i < dkim.keys().size(); i++) {
            keys.add(key("authmail.dkim.keys[" + i + "]", domain, dkim.keys().get(i)));
        }
        return keys;
    }

    private static DkimKey key(String name, String domain, AuthmailSettings.DkimKeySettings settings) {
        String selector = Checked.required(name + ".selector", settings.selector(), "name the selector");
        Path file = Checked.required(name + ".file", settings.file(), MAKE_KEY);
        var algorithm = Checked.required(name + ".algorithm", settings.algorithm(), "say rsa or ed25519");
        return Checked.setting(name, () -> DkimKey.load(domain, selector, algorithm.dkim(), file));
    }

    MailComposer composer(Clock clock) {
        AuthmailSettings.Mail mail = settings.mail();
        MailAddress from = from();
        MailAddress replyTo = given(mail.replyTo()) ? Checked.address("authmail.mail.reply-to", mail.replyTo()) : null;
        String feedbackId = given(mail.feedbackId()) ? mail.feedbackId() : null;
        String again = given(mail.messageIdField()) ? mail.messageIdField() : null;
        ComposerSettings composer = Checked.setting(
                "authmail.mail",
                () -> new ComposerSettings(
                        from, mail.fromName(), replyTo, from.domain(), feedbackId, mail.tlsOptional(), again));
        return new MailComposer(composer, clock);
    }

    TemplateRenderer renderer(Clock clock) {
        AuthmailSettings.Templates templates = settings.templates();
        TemplateRenderer renderer = Checked.setting(
                "authmail.templates.folder",
                () -> new TemplateRenderer(templates.folder(), templates.defaultLocale(), templates.timeZone(), clock));
        List<String> problems = new ArrayList<>(renderer.problems());
        for (String purpose : settings.link().paths().keySet()) {
            if (!renderer.purposes().contains(purpose)) {
                problems.add("the purpose " + purpose + " of authmail.link.paths has no templates");
            }
        }
        if (!problems.isEmpty()) {
            throw new SettingsException("authmail.templates.folder", String.join("; ", problems));
        }
        return renderer;
    }

    URI origin() {
        return Checked.required(
                "authmail.link.origin",
                settings.link().origin(),
                "give the public origin of the application, https://app.example.com");
    }

    /** What makes the codes beside links; null when there are none. */
    @Nullable
    OneTimeCodes codes(Clock clock) {
        Path folder = settings.link().code().folder();
        if (folder == null) {
            return null;
        }
        HmacKey newest = Checked.setting(
                "authmail.link.code.keys",
                () -> KeyFolder.read(folder).sequencedValues().getLast());
        return Checked.setting(
                "authmail.link.code.lifetime",
                () -> new OneTimeCodes(newest, settings.link().code().lifetime(), clock));
    }

    String product() {
        return Checked.required("authmail.mail.product", settings.mail().product(), "give the name of your service");
    }

    @Nullable
    String support() {
        return given(settings.mail().support()) ? settings.mail().support() : null;
    }

    /** A mail of every purpose in every language, with a link and a code of the right shape that prove nothing. */
    List<SampleMail> samples(TemplateRenderer renderer, Clock clock) {
        MailComposer composer = composer(clock);
        List<SampleMail> samples = new ArrayList<>();
        for (String purpose : renderer.purposes()) {
            for (Locale language : renderer.languages(purpose)) {
                samples.add(sample(purpose, language, renderer, composer, clock));
            }
        }
        return samples;
    }

    private SampleMail sample(
            String purpose, Locale language, TemplateRenderer renderer, MailComposer composer, Clock clock) {
        String name = purpose + " in " + language.toLanguageTag();
        MailContent content = content(purpose, language, renderer, clock);
        return new SampleMail(name, composer.compose(content, from(), "sample." + purpose));
    }

    /** What stands in a mail, with a link and a code of the right shape that prove nothing. */
    MailContent content(String purpose, Locale language, TemplateRenderer renderer, Clock clock) {
        return switch (renderer.render(model(purpose, language, clock))) {
            case Rendering.Failed failed ->
                throw new SettingsException("authmail.templates.folder", failed.template() + ": " + failed.detail());
            case Rendering.Rendered rendered -> {
                RenderedMail mail = rendered.mail();
                yield new MailContent(
                        mail.subject(), mail.text(), mail.html(), mail.locale().toLanguageTag());
            }
        };
    }

    private MailModel model(String purpose, Locale language, Clock clock) {
        String path = settings.link().paths().getOrDefault(purpose, "/verify");
        String origin = origin().toString().replaceFirst("/$", "");
        return Checked.setting(
                "authmail.link.origin",
                () -> new MailModel(
                        purpose,
                        language,
                        "山田 花子",
                        origin + path + QUERY,
                        clock.instant().plus(settings.link().lifetime()),
                        product(),
                        support(),
                        code(clock)));
    }

    private MailModel.@Nullable Code code(Clock clock) {
        AuthmailSettings.Link.Code code = settings.link().code();
        return code.folder() == null
                ? null
                : new MailModel.Code("012345", clock.instant().plus(code.lifetime()));
    }

    private static boolean given(@Nullable String value) {
        return value != null && !value.isBlank();
    }
}
