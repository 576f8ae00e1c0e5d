package dev.authmail.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class UrlCommandTest {
    private static final JsonNode VECTORS =
            new JsonMapper().readTree(UrlCommandTest.class.getResourceAsStream("/authurl/vectors.json"));
    private static final String VALID = target("valid: as the signer writes it");
    private static final String EXPIRED = target("expired: yesterday");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path keys;

    @BeforeEach
    void writeKeys() throws Exception {
        for (var kid : List.of("2026-09", "2026-11")) {
            Files.writeString(
                    keys.resolve(kid + ".key"), VECTORS.get("keys").get(kid).asString());
        }
    }

    @Test
    void validLinkIsDescribedWithStatus0() {
        assertThat(run("https://app.example.test" + VALID + "&utm_source=x#top\n\n" + VALID + "\n"))
                .isZero();
        assertThat(lines()).hasSize(2).allSatisfy(line -> {
            assertThat(line.get("result").asString()).isEqualTo("valid");
            assertThat(line.get("userId").asString()).isEqualTo("u-8123");
            assertThat(line.get("expires").asString()).isEqualTo("2025-11-24T17:00:00Z");
            assertThat(line.get("next").asString()).isEqualTo("/welcome");
        });
    }

    @Test
    void oneBadLinkMakesStatus1() {
        assertThat(run(VALID + "\n" + EXPIRED + "\nhttps://evil.test" + VALID + "\n" + VALID.replace("uid=u", "uid=v")))
                .isEqualTo(1);
        assertThat(lines())
                .extracting(line -> line.get("result").asString())
                .containsExactly("valid", "expired", "invalid", "invalid");
        assertThat(out.toString(UTF_8)).doesNotContain("sig=");
    }

    @Test
    void timeCanBeGiven() {
        assertThat(run(VALID, "--at", "2025-11-25T02:00:00+09:00")).isEqualTo(1);
        assertThat(run(VALID, "--at", "2025-11-25T01:59:59+09:00")).isZero();
    }

    @Test
    void wrongUsageIsStatus2AndSaysWhy() {
        assertThat(run("", "--at", "yesterday")).isEqualTo(2);
        assertThat(err.toString())
                .contains("--at yesterday is not a time, such as")
                .doesNotContain("java.time");
        assertThat(new CommandLine(command("")).setErr(new PrintWriter(err)).execute("verify"))
                .isEqualTo(2);
        assertThat(execute("", "--keys", keys + "/none", "--origin", "https://a.test", "--purpose", "p"))
                .isEqualTo(2);
        assertThat(execute("", "--keys", keys.toString(), "--origin", "http://a.test", "--purpose", "p"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("--purpose", "does it exist", "The origin must be https");
    }

    private int run(String input, String... more) {
        var arguments = new ArrayList<>(List.of(
                "--keys", keys.toString(), "--origin", "https://app.example.test", "--purpose", "verify-email"));
        arguments.addAll(List.of(more));
        return execute(input, arguments.toArray(String[]::new));
    }

    private int execute(String input, String... options) {
        var arguments = new ArrayList<>(List.of("verify"));
        arguments.addAll(List.of(options));
        return new CommandLine(command(input))
                .setErr(new PrintWriter(err, true))
                .execute(arguments.toArray(String[]::new));
    }

    private UrlCommand command(String input) {
        var now = Instant.ofEpochSecond(VECTORS.get("now").asLong());
        var in = new ByteArrayInputStream(input.getBytes(UTF_8));
        return new UrlCommand(in, new PrintStream(out, true, UTF_8), Clock.fixed(now, ZoneOffset.UTC));
    }

    private List<JsonNode> lines() {
        return out.toString(UTF_8).lines().map(new JsonMapper()::readTree).toList();
    }

    private static String target(String name) {
        return VECTORS.get("vectors")
                .valueStream()
                .filter(v -> v.get("name").asString().equals(name))
                .findFirst()
                .orElseThrow()
                .get("pathAndQuery")
                .asString();
    }
}
