package dev.authmail.command;

import dev.authmail.address.MailAddress;
import dev.authmail.address.ParsedAddress;
import dev.authmail.delivery.Answer;
import dev.authmail.delivery.Attempt;
import dev.authmail.delivery.AttemptConclusion;
import dev.authmail.delivery.Conclusion;
import dev.authmail.delivery.Decision;
import dev.authmail.delivery.Hop;
import dev.authmail.delivery.HopResult;
import dev.authmail.delivery.RelaysLeft;
import dev.authmail.delivery.Route;
import dev.authmail.delivery.SmtpText;
import dev.authmail.delivery.Step;
import dev.authmail.roundtrip.MarkedMail;
import dev.authmail.smtp.Deadline;
import dev.authmail.smtp.Dialogue;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code authmail send-test}: one real mail, and all that was said while it was handed over. */
@Command(
        name = "send-test",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Sends one mail with the service's settings, as the service does: rendered, signed,",
            "through the relays in the order of their names, then straight to the MX hosts.",
            "Its subject begins with [authmail send-test], and its link proves nothing.",
            "Prints what is said in the conversations, and what follows from it. Passwords and",
            "the local parts of addresses are not shown."
        },
        footer = {
            "",
            "Kafka is not asked: what operators hold and which providers are closed is not heeded,",
            "and no outcome is published.",
            "",
            "Examples:",
            "  authmail send-test you@example.org",
            "  authmail send-test you@gmail.com --route direct --language ja",
            "",
            "Exit status: 0 a server took the mail, 1 none did, 2 wrong usage or settings."
        })
public final class SendTestCommand implements Callable<Integer> {
    private final Function<Dialogue, SendTestSetup> service;
    private final Clock clock;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(index = "0", paramLabel = "ADDRESS", description = "Who gets the mail: an address of your own.")
    private String address = "";

    @Option(
            names = "--route",
            paramLabel = "NAME",
            description = "Only this hop: direct, or a relay by its name. All in turn when it is not given.")
    private @Nullable String route;

    @Option(
            names = "--purpose",
            paramLabel = "WORD",
            defaultValue = "verify-email",
            description = "Which mail; ${DEFAULT-VALUE} by default.")
    private String purpose = "";

    @Option(names = "--language", paramLabel = "TAG", defaultValue = "", description = "In which language: ja, en.")
    private String language = "";

    /**
     * @param service reads the settings, for conversations that tell what is said
     * @param clock tells when the attempt began
     */
    public SendTestCommand(Function<Dialogue, SendTestSetup> service, Clock clock) {
        this.service = service;
        this.clock = clock;
    }

    @Override
    public Integer call() {
        MailAddress to = recipient();
        PrintWriter out = Specs.of(spec).commandLine().getOut();
        try (SendTestSetup setup = service.apply((who, line) -> print(out, who, SmtpText.redact(line, to)))) {
            List<Hop> hops = hops(setup);
            if (!setup.purposes().contains(purpose)) {
                throw CommandFailure.usage("--purpose " + purpose + " has no templates; there are " + setup.purposes());
            }
            MarkedMail mail = setup.maker().make(purpose, language, to);
            Conclusion conclusion = new AttemptConclusion(setup.schedule(), clock).of(attempt(setup, hops, mail, out));
            out.println();
            out.println(words(conclusion));
            out.flush();
            return conclusion instanceof Conclusion.Accepted ? 0 : 1;
        }
    }

    private MailAddress recipient() {
        return switch (MailAddress.parse(address)) {
            case ParsedAddress.Valid valid -> valid.address();
            case ParsedAddress.Invalid invalid -> throw CommandFailure.usage("ADDRESS is none: " + invalid.rule());
        };
    }

    private List<Hop> hops(SendTestSetup setup) {
        List<Hop> hops = setup.hops().stream()
                .filter(hop -> route == null || hop.name().equals(route))
                .toList();
        if (hops.isEmpty()) {
            List<String> names = setup.hops().stream().map(Hop::name).toList();
            throw CommandFailure.usage(
                    "there is no hop " + (route == null ? "at all" : route) + "; there are " + names);
        }
        return hops;
    }

    private Attempt attempt(SendTestSetup setup, List<Hop> hops, MarkedMail mail, PrintWriter out) {
        Instant now = clock.instant();
        Attempt attempt = new Attempt(1, now, now, now.plus(Duration.ofDays(1)), null, List.of());
        Deadline deadline = Deadline.in(setup.attemptTimeout());
        for (int i = 0; i < hops.size(); i++) {
            Hop hop = hops.get(i);
            out.println("== " + hop.name());
            HopResult result = hop.offer(mail.message(), mail.envelope(), deadline);
            Decision decision = setup.decider()
                    .decide(
                            hop.route(),
                            result,
                            relaysLeft(hops, i),
                            mail.envelope().forwardPath());
            out.println("-- " + decision.step().code() + ", rule " + decision.rule()
                    + (decision.fault() == null
                            ? ""
                            : ", fault " + decision.fault().code())
                    + (decision.scope() == null
                            ? ""
                            : ", scope " + decision.scope().code()));
            out.println("-- " + decision.detail());
            attempt = attempt.with(new Answer(hop.name(), hop.route(), result, decision));
            if (decision.step() != Step.NEXT) {
                break;
            }
        }
        return attempt;
    }

    private static RelaysLeft relaysLeft(List<Hop> hops, int asked) {
        if (hops.stream().noneMatch(hop -> hop.route() == Route.RELAY)) {
            return RelaysLeft.NONE;
        }
        boolean more = hops.subList(asked + 1, hops.size()).stream().anyMatch(hop -> hop.route() == Route.RELAY);
        return more ? RelaysLeft.UNTRIED : RelaysLeft.TRIED;
    }

    private static void print(PrintWriter out, Dialogue.Speaker who, String line) {
        String mark = switch (who) {
            case CLIENT -> "C: ";
            case SERVER -> "S: ";
            case NONE -> "-- ";
        };
        out.println(mark + line);
        out.flush(); // a server may think for minutes
    }

    private static String words(Conclusion conclusion) {
        return switch (conclusion) {
            case Conclusion.Accepted accepted -> "Accepted. The service would be done.";
            case Conclusion.Ignored ignored -> "Not accepted. The service would send no mail.";
            case Conclusion.Later later ->
                "Not accepted. The service would try again in " + later.tier().name() + ".";
            case Conclusion.GivenUp end ->
                "Not accepted. The service would give up: " + end.reason().code() + ".";
        };
    }
}
