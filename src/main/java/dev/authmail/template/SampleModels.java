package dev.authmail.template;

import dev.authmail.template.MailModel.Code;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** The models a template set is tried with before it is used: everything given, and only what is always there. */
final class SampleModels {
    private static final String URL = "https://app.example.jp/verify?uid=u-1&exp=1764003600&kid=sample&sig=sample";
    private static final Instant EXPIRES = Instant.parse("2026-11-25T06:00:00Z");
    private static final Code CODE = new Code("012345", Instant.parse("2026-11-24T07:00:00Z"));

    private SampleModels() {}

    static List<MailModel> of(SetKey key) {
        Locale locale = Locale.forLanguageTag(key.tag());
        return List.of(
                new MailModel(key.purpose(), locale, "山田 花子", URL, EXPIRES, "Example", "support@example.jp", CODE),
                new MailModel(key.purpose(), locale, null, URL, EXPIRES, "Example", null));
    }
}
