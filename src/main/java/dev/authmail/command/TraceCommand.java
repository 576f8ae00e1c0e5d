package dev.authmail.command;

import dev.authmail.trace.EventTrace;
import dev.authmail.trace.Moment;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code authmail trace}: the story of one event. */
@Command(
        name = "trace",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Tells what happened to one event, from the topics: received, deferred, where it",
            "waits, accepted, dead letter, bounced, and where it stands in the ledger.",
            "Nothing is written, no address is shown but its domain, and no link."
        },
        footer = {
            "",
            "Every record since then is read: a day of a million events takes a minute or two.",
            "",
            "Examples:",
            "  authmail trace registrations-0@4711",
            "  authmail trace 'https://idp.example.com|8c5f' --age 7d --json",
            "",
            "Exit status: 0 found, 1 nothing was found or it could not be done, 2 wrong usage or settings."
        })
public final class TraceCommand implements Callable<Integer> {
    private final Supplier<ServiceSettings> service;
    private final Clock clock;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(
            index = "0",
            paramLabel = "EVENT",
            description = {
                "The event's id, as outcomes and the log have it (source|id of a CloudEvent), or the position of its",
                "record, topic-partition@offset."
            })
    private String event = "";

    @Option(
            names = "--age",
            paramLabel = "TIME",
            defaultValue = "24h",
            description =
                    "How old it can be: 90m, 24h, 7d; ${DEFAULT-VALUE} by default. Topics keep 7 days, dead letters 14.")
    private String age = "";

    @Option(names = "--json", description = "One JSON object for each thing that happened, for programs.")
    private boolean json;

    /**
     * @param service the service's settings
     * @param clock tells where to begin
     */
    public TraceCommand(Supplier<ServiceSettings> service, Clock clock) {
        this.service = service;
        this.clock = clock;
    }

    @Override
    public Integer call() {
        Duration back = Durations.parse(age)
                .orElseThrow(() -> CommandFailure.usage("--age " + age + " is not a time, such as 90m, 24h or 7d"));
        ServiceSettings settings = service.get();
        Instant since = clock.instant().minus(back);
        try {
            List<Moment> story = trace(settings).of(event, since);
            if (story.isEmpty()) {
                throw CommandFailure.notDone("Nothing is known of " + event + " since " + since
                        + ". Is it the id that outcomes have? An older event: --age");
            }
            PrintWriter out = Specs.of(spec).commandLine().getOut();
            (json ? TracePrint.json(story) : TracePrint.text(story)).forEach(out::println);
            out.flush();
            return 0;
        } catch (KafkaException trouble) {
            throw settings.failure(trouble);
        }
    }

    private static EventTrace trace(ServiceSettings settings) {
        ServiceSettings.TopicNames names = settings.topics();
        return new EventTrace(
                settings.scan(),
                settings.eventReader(),
                new EventTrace.Topics(
                        names.registrations(), names.retry(), names.outcomes(), names.deadLetter(), names.ledger()));
    }
}
