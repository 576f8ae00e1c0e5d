package dev.authmail.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.config.SettingsOfCommands;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong is told in one line, quotes no address, and writes nothing. */
class SuppressionsCommandTest {
    @TempDir
    Path keys;

    @ParameterizedTest(name = "{0} < {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            add            | ""                     | there is no address on standard input; give one a line
            add            | hanako.example.test    | line 1 is no address: it has no @; nothing was written
            add --days -1  | a@b.test               | --days -1 is below 0
            release --reason because | ""           | --reason is rejected, bounced, complained or manual, not because
            """)
    void isTold(String arguments, String in, String said) throws Exception {
        Files.writeString(keys.resolve("k.key"), Base64.getUrlEncoder().encodeToString(new byte[32]));
        Run run = run(List.of("--authmail.suppression.keys=" + keys, DEAD), in, arguments.split(" "));

        assertThat(run.status()).isNotZero();
        assertThat(run.err()).contains(said).hasLineCount(1);
    }

    @Test
    void withoutKeysThereIsNothingToAddTo() {
        Run run = run(List.of(DEAD), "a@b.test", "add");

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("authmail.suppression.keys is empty");
    }

    private static final String DEAD = "--authmail.kafka.brokers=127.0.0.1:1";

    private static Run run(List<String> options, String in, String... arguments) {
        return Run.of(
                new SuppressionsCommand(
                        () -> SettingsOfCommands.read(options),
                        new ByteArrayInputStream(in.getBytes(UTF_8)),
                        Clock.systemUTC()),
                arguments);
    }
}
