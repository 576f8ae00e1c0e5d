package dev.authmail.command;

import dev.authmail.lint.SampleMail;
import dev.authmail.smtp.Dialogue;
import java.io.InputStream;
import java.io.PrintStream;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;

/** The commands of the jar. Without one the service runs. */
@Command(
        name = "authmail",
        description = "Sends your sign-up mail. Without a command the service runs.",
        footer = {
            "",
            "doctor, lint and what talks to Kafka have the service's settings: application.yaml in",
            "this folder or in config/, AUTHMAIL_... variables, and options such as",
            "--authmail.kafka.brokers=kafka:9092 or --spring.config.location=FILE."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Commands.Version.class,
        subcommands = HelpCommand.class)
public final class Commands {
    private static final Set<String> HELP = Set.of("-h", "--help", "-V", "--version");
    private static final Predicate<String> SETTING =
            Pattern.compile("--(authmail|spring)\\..*", Pattern.DOTALL).asMatchPredicate();

    private final CommandLine line;
    private List<String> overrides = List.of();

    /**
     * @param in standard input
     * @param out standard output
     * @param clock tells the time to commands that need it
     * @param settings reads the service's settings, with options such as {@code --authmail.kafka.brokers=…} over them;
     *     throws a {@link CommandFailure} when they cannot be read
     * @param delivery reads its settings about delivery in the same way
     * @param doctor reads the set-up that the doctor examines, in the same way
     * @param samples composes a mail of every template with its settings, in the same way
     * @param sendTest reads all that a mail needs, in the same way, for conversations that tell what is said
     */
    public Commands(
            InputStream in,
            PrintStream out,
            Clock clock,
            Function<List<String>, ServiceSettings> settings,
            Function<List<String>, DeliverySetup> delivery,
            Function<List<String>, DoctorSetup> doctor,
            Function<List<String>, List<SampleMail>> samples,
            BiFunction<List<String>, Dialogue, SendTestSetup> sendTest) {
        Supplier<ServiceSettings> service = () -> settings.apply(overrides);
        line = new CommandLine(this)
                .addSubcommand(
                        new BounceCommand(in, () -> delivery.apply(overrides).rules()))
                .addSubcommand(new DkimCommand(clock, in))
                .addSubcommand(new DoctorCommand(() -> doctor.apply(overrides), clock))
                .addSubcommand(new ExplainCommand(in, () -> delivery.apply(overrides), service, clock))
                .addSubcommand(new SpfCommand(clock, in))
                .addSubcommand(new RecordCommand(in))
                .addSubcommand(new ReportsCommand(in))
                .addSubcommand(new DmarcCommand(in))
                .addSubcommand(new LintCommand(() -> samples.apply(overrides), in))
                .addSubcommand(new KeygenCommand(new SecureRandom(), clock))
                .addSubcommand(new SendTestCommand(dialogue -> sendTest.apply(overrides, dialogue), clock))
                .addSubcommand(new SuppressionsCommand(service, in, clock))
                .addSubcommand(new TopicsCommand(service))
                .addSubcommand(new TraceCommand(service, clock))
                .addSubcommand(new UrlCommand(in, out, clock))
                .addSubcommand(new HoldCommand(service, clock))
                .addSubcommand(new ResumeCommand(service, clock))
                .addSubcommand(new ReplayCommand(service, clock))
                .addSubcommand(new ForgetCommand(service))
                .setExecutionExceptionHandler(Commands::tell);
    }

    /**
     * Runs the command that the arguments name and returns its exit status. Empty when there are no arguments, or options
     * of Spring Boot alone, so that the service is meant.
     */
    public OptionalInt run(String... args) {
        List<String> words = Arrays.stream(args).filter(SETTING.negate()).toList();
        if (words.isEmpty() || words.getFirst().startsWith("-") && !HELP.contains(words.getFirst())) {
            return OptionalInt.empty();
        }
        overrides = Arrays.stream(args).filter(SETTING).toList();
        return OptionalInt.of(line.execute(words.toArray(String[]::new)));
    }

    /** What a command throws, in one line. */
    static int tell(Exception failure, CommandLine command, CommandLine.ParseResult parsed) throws Exception {
        if (failure instanceof CommandFailure known) {
            command.getErr().println(known.getMessage());
            return known.status();
        }
        throw failure;
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
