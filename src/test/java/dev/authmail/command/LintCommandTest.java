package dev.authmail.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.config.SettingsOfCommands;
import dev.authmail.lint.SampleMail;
import dev.authmail.mail.MailMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LintCommandTest {
    private static final String PLAIN = """
            From: no-reply@example.com
            Subject: hello
            Date: Mon, 24 Nov 2025 12:00:00 +0900
            Message-ID: <a@example.com>
            Auto-Submitted: auto-generated

            hello
            """;

    @TempDir
    private Path dir = Path.of("");

    @Test
    void theShippedTemplatesAreFine() {
        Run run = Run.of(new LintCommand(
                () -> SettingsOfCommands.samples(List.of(
                        "--authmail.mail.from=no-reply@mail.example.com",
                        "--authmail.mail.from-name=Example",
                        "--authmail.mail.product=Example",
                        "--authmail.mail.support=https://example.com/help",
                        "--authmail.link.origin=https://app.example.com")),
                new ByteArrayInputStream(new byte[0])));

        assertThat(run.status()).isZero();
        assertThat(run.out()).isEqualTo("""
                {"mail":"verify-email in en","result":"fine","findings":[]}
                {"mail":"verify-email in ja","result":"fine","findings":[]}
                """);
    }

    @Test
    void aMailThatProvidersRefuseIsStatusOne() {
        String refused = PLAIN.replace("Message-ID", "X-ID").replace("\n", "\r\n");
        Run run = Run.of(new LintCommand(
                () -> List.of(new SampleMail("sample", new MailMessage(refused.getBytes(UTF_8)))),
                new ByteArrayInputStream(new byte[0])));

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).isEqualTo("""
                {"mail":"sample","result":"rejected","findings":[{"rule":"message-id","level":"rejected",\
                "providers":"Google, SoftBank","what":"there is no Message-ID",\
                "mend":"write one that is unique for the mail (RFC 5322 §3.6.4)"}]}
                """);
    }

    @Test
    void filesAndStandardInputAreMails() throws IOException {
        String file = Files.writeString(dir.resolve("m.eml"), PLAIN.replace("hello\nDate", "Re: hello\nDate"))
                .toString();

        Run run = run(PLAIN, file, "-");

        assertThat(run.status()).as("advice is no refusal").isZero();
        assertThat(run.out().lines().toList().get(0))
                .contains("\"result\":\"advised\"")
                .contains("\"subject\"");
        assertThat(run.out().lines().toList().get(1)).isEqualTo("{\"file\":\"-\",\"result\":\"fine\",\"findings\":[]}");
    }

    @Test
    void aFileThatIsNotThereIsTold() {
        Run run = run("", dir.resolve("none").toString());

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).contains("\"error\":\"cannot be read: NoSuchFileException\"");
    }

    private static Run run(String in, String... args) {
        return Run.of(new LintCommand(List::of, new ByteArrayInputStream(in.getBytes(UTF_8))), args);
    }
}
