package dev.authmail.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which arguments mean a command, and which the service. */
class CommandsTest {
    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            ''                                                |   | no argument: the service
            --server.port=0                                   |   | an option of Spring Boot: the service
            --spring.config.location=x --authmail.mail.from=y |   | settings alone: the service
            --help                                            | 0 | help is a command
            dkim --help                                       | 0 | a command
            --authmail.kafka.brokers=x dkim --help            | 0 | settings may stand before the command
            dkim --help --spring.config.location=x            | 0 | and behind it
            nothing-of-this-name                              | 2 | neither
            """)
    void whatIsMeant(String line, Integer status, String why) {
        Commands commands = new Commands(
                InputStream.nullInputStream(),
                nowhere(),
                Clock.systemUTC(),
                CommandsTest::noSettings,
                CommandsTest::noSettings,
                CommandsTest::noSettings,
                CommandsTest::noSettings,
                (options, dialogue) -> noSettings(options));
        String[] args = line.isEmpty() ? new String[0] : line.split(" ");

        assertThat(commands.run(args)).isEqualTo(status == null ? OptionalInt.empty() : OptionalInt.of(status));
    }

    private static <T> T noSettings(List<String> options) {
        throw CommandFailure.notDone("no settings here, whatever " + options + " say");
    }

    private static PrintStream nowhere() {
        return new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    }
}
