package dev.authmail.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.mail.ForeignProgram;
import dev.authmail.testkit.Chromium;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a reader sees on a phone and on a desk, in light and in dark; pictures are left in target/screenshots. */
@Tag("real")
class RenderedInChromiumIT {
    private static final Path PICTURES = Path.of("target", "screenshots");

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{0} at {1} pixels, dark: {2}")
    @CsvSource(textBlock = """
            ja, 360, false
            ja, 360, true
            ja, 800, false
            ja, 800, true
            en, 360, false
            en, 360, true
            en, 800, false
            en, 800, true
            """)
    void mailIsReadableAndFitsTheScreen(String locale, int width, boolean dark) throws Exception {
        String mail = Models.render(
                        Models.shipped(), Models.model(locale, locale.equals("ja") ? "山田 花子" : "Hanako Yamada"))
                .html();

        JsonNode measured = measure(page(mail, width, 400), dark);

        int height = measured.get("height").asInt();
        Path picture = PICTURES.toAbsolutePath().resolve(locale + "-" + width + (dark ? "-dark" : "") + ".png");
        Files.createDirectories(picture.getParent());
        chromium(
                page(mail, width, height),
                dark,
                "--window-size=" + Math.max(width, 500) + "," + height,
                "--screenshot=" + picture);
        assertThat(picture).isNotEmptyFile();
        assertThat(measured.get("dark").asBoolean()).isEqualTo(dark);
        assertThat(measured.get("clientWidth").asInt()).isBetween(width - 20, width);
        assertThat(measured.get("scrollWidth").asInt())
                .isLessThanOrEqualTo(measured.get("clientWidth").asInt());
        assertThat(measured.get("texts").asInt()).isGreaterThan(8);
        assertThat(measured.get("lowestContrast").asDouble()).isGreaterThanOrEqualTo(4.5);
        assertThat(measured.get("smallestText").asDouble()).isGreaterThanOrEqualTo(13);
        assertThat(measured.get("buttonHeight").asDouble()).isGreaterThanOrEqualTo(44);
    }

    private JsonNode measure(Path page, boolean dark) throws Exception {
        String dom = chromium(page, dark, "--window-size=1000,900", "--dump-dom");
        assertThat(dom).contains("RESULT{");
        return JsonMapper.shared().readTree(dom.substring(dom.indexOf("RESULT{") + 6, dom.indexOf("}END") + 1));
    }

    private Path page(String mail, int width, int height) throws IOException {
        String html = wrapper()
                .replace("WIDTH", Integer.toString(width))
                .replace("HEIGHT", Integer.toString(height))
                .replace("MAIL", mail.replace("&", "&amp;").replace("\"", "&quot;"));
        return Files.writeString(folder.resolve("page.html"), html);
    }

    private static String wrapper() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(RenderedInChromiumIT.class.getResourceAsStream("/template/measure.html"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private String chromium(Path page, boolean dark, String... how) throws Exception {
        Path profile = Files.createTempDirectory(folder, "profile");
        List<String> command = new ArrayList<>(Chromium.command(profile));
        command.add("--disable-quic");
        command.add("--blink-settings=preferredColorScheme=" + (dark ? 0 : 1));
        command.addAll(List.of(how));
        command.add(page.toUri().toString());
        return ForeignProgram.run("chromium", command);
    }
}
