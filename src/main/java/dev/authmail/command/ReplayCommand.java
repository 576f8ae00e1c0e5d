package dev.authmail.command;

import dev.authmail.delivery.Fault;
import dev.authmail.delivery.Reason;
import dev.authmail.event.EventId;
import dev.authmail.replay.ReplayPlan;
import dev.authmail.replay.ReplayPlanner;
import dev.authmail.replay.Replayer;
import dev.authmail.replay.Selection;
import dev.authmail.topics.TopicWriter;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code authmail replay}: dead letters back on their way. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Sends mails again whose events are dead letters, when what was wrong is mended.",
            "Without --execute nothing is written: it says how many dead letters would be",
            "replayed, by reason and by recipient domain, and why others cannot.",
            "With --execute each goes to the first retry topic, and the service makes a new",
            "attempt with a fresh link and a new deadline."
        },
        footer = {
            "",
            "A dead letter is replayed once: a run that was stopped can simply be run again.",
            "What waits, was mailed, bounced or has a newer event of its user is left alone.",
            "",
            "Examples:",
            "  authmail replay --fault relay --since 2026-11-24T06:00:00Z",
            "  authmail replay --fault relay --since 2026-11-24T06:00:00Z --execute --rate 50",
            "  authmail replay --reason rejected --provider google.com",
            "  authmail replay --reason invalid-event --event-id registrations-0@4711 --execute",
            "",
            "Exit status: 0 done, 1 it could not be done, 2 wrong usage or settings."
        })
public final class ReplayCommand implements Callable<Integer> {
    private static final int MOST_A_SECOND = 10_000;
    private static final int TELL_EACH = 1_000;

    private final Supplier<ServiceSettings> service;
    private final Clock clock;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--reason",
            split = ",",
            paramLabel = "WORD",
            description = {
                "Only these: rejected, expired, unconfirmed, failed; and, when they are named,",
                "also invalid-event, invalid-address, suppressed, superseded, limited."
            })
    private List<String> reasons = List.of();

    @Option(
            names = "--fault",
            split = ",",
            paramLabel = "WORD",
            description = "Only these: event, recipient, sender, policy, content, relay, network, self.")
    private List<String> faults = List.of();

    @Option(
            names = "--provider",
            paramLabel = "DOMAIN",
            description = "Only those whose last host is of this domain, such as google.com.")
    private @Nullable String provider;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Only those that died at this time or later; RFC 3339 or Unix seconds.")
    private @Nullable String since;

    @Option(names = "--until", paramLabel = "TIME", description = "Only those that died before this time.")
    private @Nullable String until;

    @Option(names = "--event-id", paramLabel = "ID", description = "Only of this event; can be repeated.")
    private List<String> events = List.of();

    @Option(
            names = "--again",
            paramLabel = "NAME",
            description = {
                "Also those that were replayed before and died without a new dead letter. A name of this",
                "further replay, [A-Za-z0-9_-]{1,16}; the same name replays nothing twice."
            })
    private @Nullable String again;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "10",
            description = "At most so many records a second, 1 to 10000; ${DEFAULT-VALUE} by default.")
    private int rate;

    @Option(names = "--execute", description = "Do it. Without it nothing is written.")
    private boolean execute;

    @Option(names = "--json", description = "One JSON object, for programs.")
    private boolean json;

    /**
     * @param service the service's settings
     * @param clock tells when a replay begins to count
     */
    public ReplayCommand(Supplier<ServiceSettings> service, Clock clock) {
        this.service = service;
        this.clock = clock;
    }

    @Override
    public Integer call() {
        Selection selection = selection();
        if (rate < 1 || rate > MOST_A_SECOND) {
            throw CommandFailure.usage("--rate " + rate + " is not 1 to " + MOST_A_SECOND + " records a second");
        }
        if (again != null && !again.matches("[A-Za-z0-9_-]{1,16}")) {
            throw CommandFailure.usage("--again takes a name of [A-Za-z0-9_-]{1,16}, such as 2026-11-24");
        }
        ServiceSettings settings = service.get();
        try {
            ReplayPlan plan = planner(settings).plan(selection, again);
            int written = execute ? replay(settings, plan, selection) : 0;
            ReplayPrint print = new ReplayPrint(settings.topics(), rate, execute);
            (json ? print.json(plan, written) : print.text(plan, written)).forEach(out()::println);
            out().flush();
            return 0;
        } catch (KafkaException trouble) {
            throw settings.failure(trouble);
        }
    }

    private static ReplayPlanner planner(ServiceSettings settings) {
        return new ReplayPlanner(
                settings.scan(),
                settings.topics().deadLetter(),
                settings.topics().ledger(),
                settings.eventReader(),
                settings.superseding(),
                settings.topics().adapters());
    }

    private int replay(ServiceSettings settings, ReplayPlan plan, Selection selection) {
        if (plan.size() == 0) {
            return 0;
        }
        try (TopicWriter writer = settings.writer()) {
            Replayer replayer = new Replayer(
                    settings.scan(),
                    writer,
                    settings.topics().deadLetter(),
                    settings.topics().retry().getFirst(),
                    clock);
            try {
                replayer.replay(plan, selection.since(), again, rate, written -> tell(written, plan));
            } catch (KafkaException trouble) {
                throw CommandFailure.notDone(replayer.written() + " of " + plan.size() + " were replayed, then: "
                        + settings.failure(trouble).getMessage() + " Run it again: none is mailed twice.");
            }
            if (replayer.tooLarge() > 0) {
                err().println(replayer.tooLarge() + " are larger than the retry topic takes; authmail topics says why");
            }
            return replayer.written();
        }
    }

    private void tell(int written, ReplayPlan plan) {
        if (written % TELL_EACH == 0) {
            err().println(written + " of " + plan.size());
            err().flush();
        }
    }

    private Selection selection() {
        return new Selection(
                reasons.stream()
                        .map(word -> known("--reason", word, Reason::fromCode))
                        .collect(Collectors.toSet()),
                faults.stream()
                        .map(word -> known("--fault", word, Fault::fromCode))
                        .collect(Collectors.toSet()),
                provider == null ? null : provider.toLowerCase(Locale.ROOT),
                time("--since", since),
                time("--until", until),
                events.stream().map(EventId::new).collect(Collectors.toSet()));
    }

    private static <T> T known(String option, String word, Function<String, Optional<T>> words) {
        return words.apply(word)
                .orElseThrow(() -> CommandFailure.usage(option + " " + word + " is none; see authmail replay --help"));
    }

    private static @Nullable Instant time(String option, @Nullable String text) {
        if (text == null) {
            return null;
        }
        return PointInTime.parse(text)
                .orElseThrow(() -> CommandFailure.usage(
                        option + " " + text + " is not a time, such as 2026-11-24T12:00:00Z or 1700000000"));
    }

    private PrintWriter out() {
        return Specs.of(spec).commandLine().getOut();
    }

    private PrintWriter err() {
        return Specs.of(spec).commandLine().getErr();
    }
}
