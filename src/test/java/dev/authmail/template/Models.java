package dev.authmail.template;

import dev.authmail.template.Rendering.Rendered;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The models and renderers of the tests. */
final class Models {
    static final String URL = "https://app.example.jp/verify?uid=u-8123&ah=3q2-7wAAAAAAAAAAAAAAAA&exp=1764003600"
            + "&id=BBBBBBBBBBBBBBBBBBBBBB&next=%2Fwelcome&kid=2026-11&sig=LMd6tJ0cZxEJzr3tWq8rj1y3o0Kc2bq2n7vS5hE1mXw";
    static final Instant EXPIRES = Instant.parse("2026-11-25T06:00:00Z");
    static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");
    static final Clock CLOCK = Clock.fixed(EXPIRES, ZoneOffset.UTC);

    private Models() {}

    static TemplateRenderer shipped() {
        return new TemplateRenderer(null, Locale.ENGLISH, TOKYO, CLOCK);
    }

    static MailModel model(String locale, @Nullable String name) {
        return model("verify-email", locale, name, "support@example.jp");
    }

    static MailModel model(String purpose, String locale, @Nullable String name, @Nullable String support) {
        return new MailModel(purpose, Locale.forLanguageTag(locale), name, URL, EXPIRES, "Kurashi Note", support);
    }

    static RenderedMail render(TemplateRenderer renderer, MailModel model) {
        return switch (renderer.render(model)) {
            case Rendered(RenderedMail mail) -> mail;
            case Rendering.Failed failed -> throw new AssertionError(failed.toString());
        };
    }
}
