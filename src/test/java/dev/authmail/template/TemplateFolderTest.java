package dev.authmail.template;

import static dev.authmail.template.Models.model;
import static dev.authmail.template.Models.render;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.authmail.template.Rendering.Failed;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateFolderTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(Models.EXPIRES);

    @TempDir
    private Path folder;

    @Test
    void oneFileReplacesTheShippedOneAndTheOthersStay() throws IOException {
        write("verify-email/subject_ja.ftl", "ようこそ");

        RenderedMail mail = render(renderer(), model("ja", null));

        assertThat(mail.subject()).isEqualTo("ようこそ");
        assertThat(mail.text())
                .isEqualTo(render(Models.shipped(), model("ja", null)).text());
    }

    @Test
    void theLayoutAloneCanBeReplaced() throws IOException {
        write("layout.ftlh", """
                <#macro page title><html lang="${lang}"><h1>OWN</h1><#nested></html></#macro>
                <#macro button label><a href="${url}">${label}</a></#macro>
                <#macro paragraph><#nested></#macro><#macro expiry label gap=""></#macro><#macro address></#macro>
                <#macro notes></#macro><#macro note></#macro>
                """);

        assertThat(render(renderer(), model("ja", null)).html()).contains("<h1>OWN</h1>", "メールアドレスを確認する");
    }

    @Test
    void aPurposeAndALanguageAreThreeFilesEach() throws IOException {
        writeSet("reset-password", "pt-BR", "Redefinir");
        writeSet("verify-email", "pt", "Confirmar");
        TemplateRenderer renderer = renderer();

        assertThat(render(renderer, model("reset-password", "pt-BR", null, null))
                        .subject())
                .isEqualTo("Redefinir");
        assertThat(render(renderer, model("pt-BR", null)).subject()).isEqualTo("Confirmar");
        assertThat(render(renderer, model("pt-BR", null)).locale()).isEqualTo(Locale.of("pt"));
        assertThat(renderer.purposes()).containsExactly("reset-password", "verify-email");
        assertThat(renderer.problems()).containsExactly("reset-password: has no templates in the default language, en");
    }

    @Test
    void aPurposeWithoutTemplatesIsAFailureThatNamesIt() {
        assertThat(renderer().render(model("welcome", "ja-JP", null, null)))
                .isEqualTo(new Failed("welcome", "has no templates in ja-JP, ja, en"));
    }

    @ParameterizedTest(name = "{4}")
    @CsvSource(delimiter = '|', textBlock = """
            subject_ja.ftl | '${nothing}'              | verify-email/subject_ja.ftl | line 1, column 3         | a value that does not exist
            text_ja.ftl    | '${url}\\n<#if x>'         | verify-email/text_ja.ftl    | line 2                   | a directive that is not closed
            html_ja.ftlh   | '<a href="x">'            | verify-email/html_ja.ftlh   | does not link            | HTML without the link
            text_ja.ftl    | 'Hello'                   | verify-email/text_ja.ftl    | does not show the link   | a text without the link
            subject_ja.ftl | ' '                       | verify-email/subject_ja.ftl | writes no subject        | an empty subject
            subject_ja.ftl | '<#list 1..9999 as i>x</#list>' | verify-email/subject_ja.ftl | more than 200 characters | a subject without end
            text_ja.ftl    | '<#include "/nothing.ftl">' | verify-email/text_ja.ftl  | nothing.ftl              | an include of nothing
            text_ja.ftl    | '${"freemarker.template.utility.Execute"?new()("id")}' | verify-email/text_ja.ftl | not allowed | a class
            text_ja.ftl    | '${url?api.length()}'     | verify-email/text_ja.ftl    | api                      | Java behind a value
            text_ja.ftl    | '<#macro m><@m/></#macro><@m/>' | verify-email/text_ja.ftl | calls itself           | a macro without end
            text_ja.ftl    | '${url.class}'            | verify-email/text_ja.ftl    | line 1                   | Java behind a value by name
            """)
    void aBrokenTemplateIsToldWithFileAndPlace(String file, String text, String template, String detail, String reason)
            throws IOException {
        write("verify-email/" + file, text.replace("\\n", "\n"));

        TemplateRenderer renderer = renderer();

        assertThat(renderer.problems())
                .singleElement()
                .asString()
                .as(reason)
                .startsWith(template)
                .contains(detail);
        assertThat(renderer.render(model("ja", null))).isInstanceOf(Failed.class);
        assertThat(render(renderer, model("en", null)).subject()).startsWith("Confirm");
    }

    @Test
    void aLanguageWithAFileMissingIsAProblem() throws IOException {
        write("verify-email/html_fr.ftlh", "<a href=\"${url}\">");

        assertThat(renderer().problems())
                .containsExactly("verify-email/subject_fr.ftl: is missing; a language needs subject, text and html");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            ${url?number}
            ${url + missing}
            <#stop url>
            ${url?date("yyyy")}
            <#if url>x</#if>
            <#assign x = url><#list x as y></#list>
            ${url[500]}
            ${name?eval}
            <#attempt>${url?number}<#recover>${.error}</#attempt>${url?number}
            """)
    void noFailureAtUseTellsTheUrl(String expression) throws IOException {
        // Healthy with the sample, broken for this reader: as a template is that nobody tried with this value.
        write("verify-email/text_ja.ftl", "${url}<#if url?contains('u-8123')>" + expression + "</#if>");
        TemplateRenderer renderer = renderer();
        assertThat(renderer.problems()).isEmpty();

        Rendering rendering = renderer.render(model("ja", "Secretname"));

        assertThat(rendering).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.template()).isEqualTo("verify-email/text_ja.ftl");
            assertThat(failed.detail())
                    .startsWith("line 1, column ")
                    .doesNotContain("example.jp", "8123", "Secretname");
        });
    }

    @Test
    void aChangedFileIsTakenUpOnceItStandsStill() throws IOException {
        TemplateRenderer renderer = renderer();
        write("verify-email/subject_ja.ftl", "新しい");
        assertThat(subject(renderer)).as("at once").startsWith("【");

        pass();
        assertThat(subject(renderer)).as("seen once").startsWith("【");

        write("verify-email/subject_ja.ftl", "もっと新しい");
        pass();
        assertThat(subject(renderer)).as("changed meanwhile").startsWith("【");

        pass();
        assertThat(subject(renderer)).as("seen twice").isEqualTo("もっと新しい");

        Files.delete(folder.resolve("verify-email/subject_ja.ftl"));
        pass();
        renderer.problems();
        pass();
        assertThat(subject(renderer)).as("deleted").startsWith("【");
    }

    @Test
    void aBrokenChangeIsNotTakenUpAndIsTold() throws IOException {
        write("verify-email/subject_ja.ftl", "よい");
        TemplateRenderer renderer = renderer();
        write("verify-email/subject_ja.ftl", "わるい${");
        pass();
        renderer.problems();
        pass();

        assertThat(renderer.problems()).singleElement().asString().startsWith("verify-email/subject_ja.ftl: line 1");
        assertThat(subject(renderer)).isEqualTo("よい");

        write("verify-email/subject_ja.ftl", "またよい");
        pass();
        renderer.problems();
        pass();
        assertThat(renderer.problems()).isEmpty();
        assertThat(subject(renderer)).isEqualTo("またよい");
    }

    @Test
    void aFileThatIsNotUtf8IsNotTakenUpAndIsTold() throws IOException {
        TemplateRenderer renderer = renderer();
        Files.createDirectories(folder.resolve("verify-email"));
        Files.write(folder.resolve("verify-email/subject_ja.ftl"), "日本".getBytes(Charset.forName("Shift_JIS")));
        pass();
        renderer.problems();
        pass();

        assertThat(renderer.problems()).singleElement().asString().contains("subject_ja.ftl is not UTF-8");
        assertThat(subject(renderer)).startsWith("【");
    }

    @Test
    void aMountedConfigMapIsFollowedThroughItsLinks() throws IOException {
        Path data = Files.createDirectories(folder.resolve("..2026_11_25/verify-email"));
        Files.writeString(data.resolve("subject_ja.ftl"), "設定から");
        Files.createSymbolicLink(folder.resolve("..data"), Path.of("..2026_11_25"));
        Files.createSymbolicLink(folder.resolve("verify-email"), Path.of("..data/verify-email"));

        assertThat(subject(renderer())).isEqualTo("設定から");
    }

    @Test
    void aFolderThatIsNotThereIsABrokenSetting() {
        assertThatThrownBy(() -> new TemplateRenderer(
                        folder.resolve("nowhere"), Locale.ENGLISH, ZoneOffset.UTC, Clock.systemUTC()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nowhere")
                .hasMessageContaining("does not exist");
    }

    @Test
    void aFileBeyondTheLimitIsABrokenSetting() throws IOException {
        write("verify-email/text_ja.ftl", "x".repeat(256 * 1024 + 1));

        assertThatThrownBy(this::renderer).hasMessageContaining("text_ja.ftl is larger than");
    }

    private String subject(TemplateRenderer renderer) {
        return render(renderer, model("ja", null)).subject();
    }

    private void pass() {
        now.updateAndGet(instant -> instant.plus(Duration.ofSeconds(2)));
    }

    private TemplateRenderer renderer() {
        return new TemplateRenderer(folder, Locale.ENGLISH, Models.TOKYO, new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Instant instant() {
                return now.get();
            }
        });
    }

    private void writeSet(String purpose, String tag, String subject) throws IOException {
        write(purpose + "/subject_" + tag + ".ftl", subject);
        write(purpose + "/text_" + tag + ".ftl", "${url}");
        write(purpose + "/html_" + tag + ".ftlh", "<a href=\"${url}\">${url}</a>");
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text, StandardCharsets.UTF_8);
    }
}
