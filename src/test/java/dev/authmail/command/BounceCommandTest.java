package dev.authmail.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the command prints and how it ends. */
class BounceCommandTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String QMAIL = "src/test/resources/bounces/qmail.eml";
    private static final String REPORT = "src/test/resources/bounces/rfc3464-two-recipients.eml";

    @TempDir
    private Path dir = Path.of("");

    private static Run run(InputStream in, String... args) {
        return Run.of(new BounceCommand(in, Optional::empty), args);
    }

    private static Run run(String... args) {
        return run(InputStream.nullInputStream(), args);
    }

    private static List<JsonNode> lines(Run run) {
        return run.out().lines().map(JSON::readTree).toList();
    }

    @Test
    void eachFileIsOneLine() {
        Run run = run(QMAIL, REPORT);

        assertThat(run.status()).isZero();
        List<JsonNode> lines = lines(run);
        assertThat(lines).hasSize(2);
        assertThat(lines.getFirst().path("file").asString()).isEqualTo(QMAIL);
        JsonNode ann = lines.getLast().path("recipients").path(0);
        assertThat(ann.toString())
                .isEqualTo(
                        "{\"recipient\":\"ann@left.example\",\"originalRecipient\":\"ann.lee@left.example\","
                                + "\"status\":\"5.1.1\",\"action\":\"failed\",\"replyCode\":550,\"rule\":\"unknown-user\","
                                + "\"fault\":\"recipient\",\"tier\":\"hard\",\"userState\":\"address-unknown\",\"suppress\":true}");
        assertThat(lines.getFirst().path("recipients").path(0).path("replyCode").isNull())
                .as("what the mail does not say is null")
                .isTrue();
    }

    @Test
    void withoutFilesStandardInputIsTheList() {
        Run run = run(new ByteArrayInputStream((QMAIL + "\n\n" + REPORT + "\n").getBytes(UTF_8)));

        assertThat(run.status()).isZero();
        assertThat(lines(run)).extracting(l -> l.path("file").asString()).containsExactly(QMAIL, REPORT);
    }

    @Test
    void aDashIsAMailOnStandardInput() throws IOException {
        Run run = run(Files.newInputStream(Path.of(QMAIL)), "-");

        assertThat(lines(run).getFirst().path("kind").asString()).isEqualTo("bounce");
    }

    @Test
    void aFileThatCannotBeReadKeepsNobodyBack() {
        Run run = run(dir.resolve("missing").toString(), QMAIL);

        assertThat(run.status()).isEqualTo(1);
        assertThat(lines(run).getFirst().path("error").asString()).startsWith("NoSuchFileException");
        assertThat(lines(run).getLast().path("kind").asString()).isEqualTo("bounce");
    }

    @Test
    void ownRulesDecideFirst() throws IOException {
        Files.writeString(
                dir.resolve("own.yaml"),
                "rules:\n- {id: mine, text: no such user here, fault: policy, scope: message}\n");

        JsonNode lou = lines(run("--rules", dir.toString(), QMAIL))
                .getFirst()
                .path("recipients")
                .path(1);

        assertThat(lou.path("rule").asString()).isEqualTo("mine");
        assertThat(lou.path("tier").asString()).isEqualTo("policy");
    }

    @Test
    void rulesThatAreNoneEndIt() throws IOException {
        Files.writeString(dir.resolve("own.yaml"), "rules:\n- {id: mine, txt: x}\n");

        Run run = run("--rules", dir.toString(), QMAIL);

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("own.yaml").contains("txt");
    }
}
