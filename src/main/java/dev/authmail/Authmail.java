package dev.authmail;

import dev.authmail.command.Commands;
import dev.authmail.config.AuthmailApplication;
import dev.authmail.config.SettingsOfCommands;
import java.io.InputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.util.OptionalInt;

/** The main class of the jar: {@code java -jar authmail.jar} runs the routes, {@code … <command>} runs a command. */
public final class Authmail {
    private Authmail() {}

    /** @param args a command and its arguments, or options of Spring Boot, or nothing */
    public static void main(String[] args) {
        AuthmailApplication.quiet();
        OptionalInt exit = commands(System.in, System.out).run(args);
        if (exit.isPresent()) {
            System.exit(exit.getAsInt());
        }
        AuthmailApplication.run(args);
    }

    /** The commands, with the settings of the service. */
    public static Commands commands(InputStream in, PrintStream out) {
        return new Commands(
                in,
                out,
                Clock.systemUTC(),
                SettingsOfCommands::read,
                SettingsOfCommands::delivery,
                SettingsOfCommands::doctor,
                SettingsOfCommands::samples,
                SettingsOfCommands::sendTest);
    }
}
