package dev.authmail.template;

import static dev.authmail.template.Models.model;
import static dev.authmail.template.Models.render;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShippedTemplatesTest {
    @Test
    void theShippedTemplatesHaveNoProblem() {
        assertThat(Models.shipped().problems()).isEmpty();
        assertThat(Models.shipped().purposes()).containsExactly("verify-email");
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "ja"})
    void everyLinkOfTheHtmlStandsInTheText(String locale) {
        RenderedMail mail = render(Models.shipped(), model(locale, "Hanako"));

        List<String> links = Jsoup.parse(mail.html()).select("[href]").eachAttr("href");

        assertThat(links)
                .isNotEmpty()
                .allSatisfy(link -> assertThat(mail.text()).contains(link));
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "ja"})
    void theLinkIsShownInFullBelowTheButton(String locale) {
        Document html =
                Jsoup.parse(render(Models.shipped(), model(locale, "Hanako")).html());

        assertThat(html.select("a.link").text()).isEqualTo(Models.URL);
        assertThat(html.select(".button a").attr("href")).isEqualTo(Models.URL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "ja"})
    void nothingIsFetchedAndNothingIsHidden(String locale) {
        String html = render(Models.shipped(), model(locale, "Hanako")).html();
        Document parsed = Jsoup.parse(html);

        assertThat(parsed.select(
                        "[src], [background], link, script, iframe, object, embed, form, img, base, meta[http-equiv]"))
                .isEmpty();
        assertThat(html)
                .doesNotContain("url(", "@import", "display:none", "visibility:hidden", "opacity:0", "font-size:0");
        assertThat(parsed.select("html").attr("lang")).isEqualTo(locale);
        assertThat(html).startsWith("<!DOCTYPE html>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "ja"})
    void tablesAreLayoutToAScreenReader(String locale) {
        Document html =
                Jsoup.parse(render(Models.shipped(), model(locale, "Hanako")).html());

        assertThat(html.select("table"))
                .isNotEmpty()
                .allMatch(table -> table.attr("role").equals("presentation"));
        assertThat(html.select("h1").eachText()).containsExactly(html.title());
        assertThat(html.getAllElements()).extracting(Element::tagName).doesNotContain("font", "center");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            ja    | 【Kurashi Note】メールアドレス確認のお願い   | 山田 様         | 2026年11月25日 15:00（日本標準時）
            ja-JP | 【Kurashi Note】メールアドレス確認のお願い   | 山田 様         | 2026年11月25日 15:00（日本標準時）
            en    | Confirm your email address for Kurashi Note  | Hello 山田,     | 3:00 PM (Japan Standard Time)
            en-GB | Confirm your email address for Kurashi Note  | Hello 山田,     | 15:00 (Japan Standard Time)
            fr    | Confirm your email address for Kurashi Note  | Hello 山田,     | 3:00 PM (Japan Standard Time)
            """)
    void theReaderIsSpokenToInTheirLanguage(String locale, String subject, String greeting, String expiry) {
        RenderedMail mail = render(Models.shipped(), model(locale, "山田"));

        assertThat(mail.subject()).isEqualTo(subject);
        assertThat(mail.text()).contains(greeting, expiry, "Kurashi Note", "support@example.jp");
        assertThat(Jsoup.parse(mail.html()).text()).contains(greeting, expiry, "Kurashi Note", "support@example.jp");
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "ja"})
    void withoutNameAndSupportNothingIsMissing(String locale) {
        RenderedMail mail = render(Models.shipped(), model("verify-email", locale, null, null));

        assertThat(mail.text())
                .doesNotContain("null", "support", " 様", "Hello ")
                .contains(Models.URL);
        assertThat(Jsoup.parse(mail.html()).text()).doesNotContain("null", "support", " 様", "Hello ");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            ja | 次の確認コードを入力 | 2026年11月24日 16:00
            en | Or type this code    | 4:00 PM
            """)
    void aCodeStandsInTextAndHtmlAndNotInTheSubject(String locale, String words, String until) {
        RenderedMail mail = render(
                Models.shipped(),
                new MailModel(
                        "verify-email",
                        Locale.forLanguageTag(locale),
                        null,
                        Models.URL,
                        Models.EXPIRES,
                        "Kurashi Note",
                        null,
                        new MailModel.Code("012345", Instant.parse("2026-11-24T07:00:00Z"))));

        assertThat(mail.text()).contains(words, "\n\n012345\n\n", until);
        assertThat(Jsoup.parse(mail.html()).text()).contains(words, until);
        assertThat(Jsoup.parse(mail.html()).select("strong").eachText()).contains("012345");
        assertThat(mail.subject()).doesNotContain("012345");
        assertThat(render(Models.shipped(), model(locale, null)).text()).doesNotContain(words);
    }

    @Test
    void aNameIsTextAndNotMarkup() {
        RenderedMail mail = render(Models.shipped(), model("en", "<b onclick='x'>&\"${url}"));

        assertThat(mail.html())
                .contains("&lt;b onclick=&#39;x&#39;&gt;&amp;&quot;${url}")
                .doesNotContain("<b onclick");
        assertThat(mail.text()).contains("Hello <b onclick='x'>&\"${url},");
    }

    @Test
    void manyThreadsShareTheTemplates() throws Exception {
        TemplateRenderer renderer = Models.shipped();
        List<RenderedMail> expected =
                List.of(render(renderer, model("ja", "山田")), render(renderer, model("en", "Ann")));

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<RenderedMail>> tasks = IntStream.range(0, 500)
                    .<Callable<RenderedMail>>mapToObj(
                            i -> () -> render(renderer, i % 2 == 0 ? model("ja", "山田") : model("en", "Ann")))
                    .toList();

            List<Future<RenderedMail>> mails = threads.invokeAll(tasks);

            for (int i = 0; i < mails.size(); i++) {
                assertThat(mails.get(i).get()).isEqualTo(expected.get(i % 2));
            }
        }
    }

    @Test
    void theFormatIsTheReadersAndNotTheMachines() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr-TR"));

            assertThat(render(Models.shipped(), model("ja", null)).text()).contains("2026年11月25日 15:00（日本標準時）");
        } finally {
            Locale.setDefault(before);
        }
    }
}
