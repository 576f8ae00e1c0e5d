package dev.authmail.command;

import dev.authmail.command.ExplainedReply.Question;
import dev.authmail.delivery.ReplyClassifier;
import dev.authmail.delivery.ReplyRules;
import dev.authmail.delivery.Route;
import dev.authmail.dns.DnsSettings;
import dev.authmail.smtp.SmtpPhase;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code authmail explain}: what a reply means, and which way a mail would take. */
@Command(
        name = "explain",
        description = {
            "Says what a server's reply means and which rule says so; or which way a mail",
            "to an address would take now, without sending it."
        },
        mixinStandardHelpOptions = true)
public final class ExplainCommand implements Callable<Integer> {
    private static final int DNS_PORT = 53;

    private final InputStream in;
    private final Supplier<DeliverySetup> setup;
    private final Supplier<ServiceSettings> service;
    private final Clock clock;

    @Spec
    private @Nullable CommandSpec spec;

    @ArgGroup(multiplicity = "1")
    private @Nullable Subject subject;

    @Option(names = "--mx", paramLabel = "HOST", description = "The server that said it.")
    private @Nullable String mx;

    @Option(
            names = "--phase",
            paramLabel = "PHASE",
            description = "What it answers: greeting, ehlo, starttls, auth, mail, rcpt, data, dot; rcpt by default.")
    private @Nullable String phase;

    @Option(names = "--route", paramLabel = "ROUTE", description = "relay or direct; direct by default.")
    private @Nullable String route;

    @Option(
            names = "--rules",
            paramLabel = "FOLDER",
            description = "Your own rules; those of authmail.rules.folder by default.")
    private @Nullable Path rules;

    @Option(
            names = "--dns",
            paramLabel = "HOST:PORT",
            description = "The DNS server to ask with --address; those of authmail.dns.servers by default.")
    private @Nullable String server;

    /** What is explained. */
    private static final class Subject {
        @Parameters(
                paramLabel = "REPLY",
                arity = "1",
                description = "A reply, as the server, a log or a bounce has it.")
        private @Nullable String reply;

        @Option(
                names = "--batch",
                description = {
                    "Reads one JSON object a line from standard input (reply; optionally mx, phase, route) and",
                    "prints one a line. Exit status 1 when a line could not be read."
                })
        private boolean batch;

        @Option(names = "--address", paramLabel = "ADDRESS", description = "Which way would a mail to it take?")
        private @Nullable String address;
    }

    /**
     * @param in the lines of a batch
     * @param setup the service's settings about delivery
     * @param service where the state topic is, which knows what is held and closed now
     * @param clock tells the time at which policies must be good
     */
    public ExplainCommand(
            InputStream in, Supplier<DeliverySetup> setup, Supplier<ServiceSettings> service, Clock clock) {
        this.in = in;
        this.setup = setup;
        this.service = service;
        this.clock = clock;
    }

    @Override
    public Integer call() throws IOException {
        var out = Objects.requireNonNull(spec).commandLine().getOut();
        var what = Objects.requireNonNull(subject);
        var delivery = setup.get();
        if (what.batch) {
            return new ExplainBatch(classifier(delivery)).run(in, out) ? 0 : 1;
        }
        if (what.address != null) {
            print(delivery, what.address, out);
        } else if (what.reply != null) {
            var explained = ExplainedReply.of(question(what.reply), classifier(delivery));
            ReplyPage.print(explained, delivery.schedule(), out);
        }
        out.flush();
        return 0;
    }

    private void print(DeliverySetup delivery, String address, PrintWriter out) {
        try (WayOfMail way = WayOfMail.open(delivery, dnsSettings(delivery), clock)) {
            Obstacles.print(way.print(address, out), service.get(), clock, out);
        } catch (IllegalArgumentException wrong) {
            throw CommandFailure.usage(String.valueOf(wrong.getMessage()));
        }
    }

    private Question question(String reply) {
        return new Question(
                reply,
                Optional.ofNullable(mx),
                Optional.ofNullable(phase).map(word -> option(SmtpPhase.class, "--phase", word)),
                Optional.ofNullable(route).map(word -> option(Route.class, "--route", word)));
    }

    private static <E extends Enum<E>> E option(Class<E> type, String name, String word) {
        try {
            return ReplyWords.of(type, name, word);
        } catch (IllegalArgumentException unknown) {
            throw CommandFailure.usage(String.valueOf(unknown.getMessage()));
        }
    }

    private ReplyClassifier classifier(DeliverySetup delivery) {
        try {
            Optional<Path> folder = Optional.ofNullable(rules).or(delivery::rules);
            return new ReplyClassifier(folder.map(ReplyRules::withOwn).orElseGet(ReplyRules::shipped));
        } catch (IllegalArgumentException wrong) {
            throw CommandFailure.usage(String.valueOf(wrong.getMessage()));
        }
    }

    private DnsSettings dnsSettings(DeliverySetup delivery) {
        DnsSettings settings = delivery.dns();
        return server == null
                ? settings
                : new DnsSettings(
                        List.of(address(server)),
                        settings.timeout(),
                        settings.retries(),
                        settings.cacheEntries(),
                        settings.maxTtl(),
                        settings.maxNegativeTtl());
    }

    private static InetSocketAddress address(String text) {
        return HostPort.parse(text, DNS_PORT)
                .orElseThrow(() -> CommandFailure.usage("--dns " + text + " is not host:port of a DNS server"));
    }
}
