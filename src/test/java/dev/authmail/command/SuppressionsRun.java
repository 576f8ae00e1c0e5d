package dev.authmail.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.authmail.config.SettingsOfCommands;
import dev.authmail.testkit.TestAuthmail;
import java.io.ByteArrayInputStream;
import java.time.Clock;

/** Runs {@code authmail suppressions} with the settings of a service under test. */
public final class SuppressionsRun {
    private final Run run;

    private SuppressionsRun(Run run) {
        this.run = run;
    }

    /** @param in standard input */
    public static SuppressionsRun of(TestAuthmail authmail, String in, String... arguments) {
        return new SuppressionsRun(Run.of(
                new SuppressionsCommand(
                        () -> SettingsOfCommands.read(authmail.options()),
                        new ByteArrayInputStream(in.getBytes(UTF_8)),
                        Clock.systemUTC()),
                arguments));
    }

    /** What it printed. */
    public String out() {
        return run.out();
    }
}
