package dev.authmail.command;

import java.io.InputStream;
import java.io.PrintStream;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.OptionalInt;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;

/** The commands of the jar. Without one the service runs. */
@Command(
        name = "authmail",
        description = "Sends your sign-up mail. Without a command the service runs.",
        mixinStandardHelpOptions = true,
        versionProvider = Commands.Version.class,
        subcommands = HelpCommand.class)
public final class Commands {
    private static final Set<String> HELP = Set.of("-h", "--help", "-V", "--version");

    private final CommandLine line;

    /**
     * @param in standard input
     * @param out standard output
     * @param clock tells the time to commands that need it
     */
    public Commands(InputStream in, PrintStream out, Clock clock) {
        line = new CommandLine(this)
                .addSubcommand(new DkimCommand(clock, in))
                .addSubcommand(new KeygenCommand(new SecureRandom(), clock))
                .addSubcommand(new UrlCommand(in, out, clock));
    }

    /**
     * Runs the command that the arguments name and returns its exit status. Empty when there are no arguments, or options
     * of Spring Boot alone, so that the service is meant.
     */
    public OptionalInt run(String... args) {
        boolean service = args.length == 0 || args[0].startsWith("-") && !HELP.contains(args[0]);
        return service ? OptionalInt.empty() : OptionalInt.of(line.execute(args));
    }

    /** The version in the jar's manifest. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Commands.class.getPackage().getImplementationVersion();
            return new String[] {"authmail " + (version == null ? "(not packaged)" : version)};
        }
    }
}
