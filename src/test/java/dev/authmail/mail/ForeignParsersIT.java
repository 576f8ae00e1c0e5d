package dev.authmail.mail;

import static dev.authmail.mail.Mails.address;
import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.address.MailAddress;
import dev.authmail.template.MailModel;
import dev.authmail.template.RenderedMail;
import dev.authmail.template.Rendering.Rendered;
import dev.authmail.template.TemplateRenderer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Two parsers that are not ours read every mail without a defect, and read what was written. */
@Tag("real")
class ForeignParsersIT {
    private static final MailAddress PLAIN = address("hanako.yamada+signup", "mail.example.com");
    private static final TemplateRenderer RENDERER =
            new TemplateRenderer(null, Locale.ENGLISH, ZoneId.of("Asia/Tokyo"), Mails.CLOCK);

    @TempDir
    private Path folder;

    enum Reader {
        PYTHON("python3", "/usr/bin/python3", "src/test/python/read_mail.py"),
        POSTAL_MIME("nodejs", "node", "src/test/npm/read-mail.mjs");

        private final String debianPackage;
        private final String program;
        private final String script;

        Reader(String debianPackage, String program, String script) {
            this.debianPackage = debianPackage;
            this.program = program;
            this.script = script;
        }

        JsonNode read(Path mail) throws Exception {
            String script = Path.of(this.script).toAbsolutePath().toString();
            return JsonMapper.shared()
                    .readTree(ForeignProgram.run(debianPackage, List.of(program, script, mail.toString())));
        }
    }

    static Stream<Arguments> mails() {
        return Stream.of(
                        Arguments.of("English", "Example", rendered("en", "Hanako"), PLAIN),
                        Arguments.of("Japanese", "例え株式会社", rendered("ja", "山田 花子"), PLAIN),
                        Arguments.of(
                                "a recipient who needs SMTPUTF8",
                                "例え",
                                rendered("ja", null),
                                address("花子", "xn--r8jz45g.jp")),
                        Arguments.of(
                                "a name with specials",
                                "\"A\\B\", (C) <d@e.example>;",
                                rendered("en", "<i>&amp;\"'"),
                                PLAIN),
                        Arguments.of(
                                "a name that looks encoded",
                                "=?UTF-8?Q?x?= y",
                                rendered("en", "=?UTF-8?B?eA==?="),
                                PLAIN),
                        Arguments.of(
                                "a name that is very long",
                                "長い名前の株式会社".repeat(10),
                                rendered("ja", "長".repeat(60)),
                                PLAIN),
                        Arguments.of(
                                "a quoted local part", "E", rendered("en", null), address("\"a b@c\"", "example.com")),
                        Arguments.of(
                                "a subject that would be two", "E", content("Hi\r\nBcc: x@evil.example", "a"), PLAIN),
                        Arguments.of("a long English subject", "E", content("word ".repeat(60), "a"), PLAIN),
                        Arguments.of("a subject of emoji", "E😀", content("👩‍👩‍👧 ".repeat(20), "a"), PLAIN),
                        Arguments.of(
                                "awkward lines",
                                "E",
                                content("s", ".\n..\nFrom x\n \n\t\n=\n" + "x".repeat(1200) + " \n--=_\n"),
                                PLAIN))
                .flatMap(mail -> Stream.of(Reader.values())
                        .map(reader ->
                                Arguments.of(reader, mail.get()[0], mail.get()[1], mail.get()[2], mail.get()[3])));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("mails")
    void mailIsReadAsItWasWritten(Reader reader, String what, String fromName, MailContent content, MailAddress to)
            throws Exception {
        MailMessage message = Mails.composer(fromName).compose(content, to, "id-1");
        Path file = Files.write(folder.resolve("mail.eml"), Mails.octets(message));

        JsonNode read = reader.read(file);

        assertThat(read.get("defects")).as(what).isEmpty();
        assertThat(unspaced(read.get("fromName").asString())).isEqualTo(unspaced(fromName));
        assertThat(read.get("from").asString()).isEqualTo("accounts@mail.example.jp");
        assertThat(unquoted(read.get("to").asString())).isEqualTo(unquoted(to.wire()));
        assertThat(read.get("subject").asString()).isEqualTo(content.subject());
        assertThat(read.get("messageId").asString()).isEqualTo("<id-1@mail.example.jp>");
        assertThat(lines(read.get("text"))).isEqualTo(content.text().stripTrailing());
        assertThat(lines(read.get("html"))).isEqualTo(content.html().stripTrailing());
    }

    // The readers tell lines with LF, and differ about the last line end.
    private static String lines(JsonNode text) {
        return text.asString().replace("\r\n", "\n").stripTrailing();
    }

    // Python 3.11 keeps the fold between two encoded-words of a name, against RFC 2047 §6.2.
    private static String unspaced(String name) {
        return name.replace(" ", "");
    }

    // postal-mime tells what a quoted local part means, not how it is written.
    private static String unquoted(String address) {
        return address.replace("\"", "");
    }

    private static MailContent content(String subject, String text) {
        return new MailContent(subject, text, "<p lang=\"en\">é " + text + "</p>", "en");
    }

    private static MailContent rendered(String language, @Nullable String name) {
        MailModel model = new MailModel(
                "verify-email",
                Locale.forLanguageTag(language),
                name,
                "https://app.example.jp/verify?uid=u-8123&ah=AAAAAAAAAAAAAAAAAAAAAA&exp=1764003600"
                        + "&id=BBBBBBBBBBBBBBBBBBBBBB&next=%2Fwelcome&kid=2026-11&sig=" + "C".repeat(43),
                Instant.parse("2026-11-25T06:00:00Z"),
                "例えサービス",
                "support@example.jp");
        RenderedMail mail = ((Rendered) RENDERER.render(model)).mail();
        return new MailContent(
                mail.subject(), mail.text(), mail.html(), mail.locale().toLanguageTag());
    }
}
