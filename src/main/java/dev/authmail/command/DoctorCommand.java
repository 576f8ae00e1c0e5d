package dev.authmail.command;

import dev.authmail.address.Domain;
import dev.authmail.address.IpAddress;
import dev.authmail.address.ParsedDomain;
import dev.authmail.dns.Dns;
import dev.authmail.doctor.Check;
import dev.authmail.doctor.DnsChecks;
import dev.authmail.doctor.Doctor;
import dev.authmail.doctor.Finding;
import dev.authmail.doctor.MailHostChecks;
import dev.authmail.doctor.Setup;
import dev.authmail.https.StrangersHttps;
import dev.authmail.mtasts.HttpsPolicySource;
import dev.authmail.mx.PublicHosts;
import dev.authmail.reports.PolicyAdvice;
import dev.authmail.reports.ReportReader;
import dev.authmail.reports.ReportReading;
import dev.authmail.reports.SourceSummary;
import dev.authmail.reports.UnpackLimits;
import dev.authmail.smtp.SmtpClientSettings;
import dev.authmail.smtp.SmtpProbe;
import dev.authmail.smtp.TrustAnchors;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code authmail doctor}: will mailbox providers take our mail, and if not, what mends it? */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = {
            "Examines whether mailbox providers will take the service's mail: addresses, PTR,",
            "SPF, DKIM, DMARC, blocklists, the relays, port 25. Every finding says what is",
            "wrong, who cares, and the DNS record that mends it. With --domain, a domain is",
            "examined that is not configured yet.",
            "Exit status: 0 fine, 1 a warning or something unknown, 2 a failure or wrong usage."
        })
public final class DoctorCommand implements Callable<Integer> {
    private static final Duration LIMIT = Duration.ofSeconds(22);
    private static final Duration WEB = Duration.ofSeconds(10);
    private static final int SMTP_PORT = 25;
    private static final JsonMapper JSON = new JsonMapper();

    private final DnsSource source;
    private final Supplier<DoctorSetup> service;
    private final Supplier<MailHostChecks> mailHosts;
    private final Clock clock;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--domain", paramLabel = "D", description = "A domain that is not configured yet: that in From.")
    private @Nullable String domain;

    @Option(names = "--envelope", paramLabel = "D", description = "With --domain: the domain of the envelope sender.")
    private @Nullable String envelope;

    @Option(names = "--address", paramLabel = "IP", description = "An address that mail leaves from; may be repeated.")
    private List<String> addresses = new ArrayList<>();

    @Option(names = "--selector", paramLabel = "S", description = "With --domain: a DKIM selector; may be repeated.")
    private List<String> selectors = new ArrayList<>();

    @Option(names = "--ehlo", paramLabel = "NAME", description = "With --domain: the name said in EHLO.")
    private @Nullable String ehlo;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            arity = "1..*",
            description = "DMARC reports that came in: whether it is time for a stricter policy.")
    private List<Path> reports = new ArrayList<>();

    @Option(
            names = "--round-trip",
            description = {
                "Sends one mail through each relay to authmail.doctor.round-trip.address, waits for it",
                "there, and says what the relay made of it."
            })
    private boolean roundTrip;

    @Option(names = "--no-blocklists", description = "Ask no blocklists.")
    private boolean noBlocklists;

    @Option(names = "--json", description = "One JSON object, for programs.")
    private boolean json;

    @Option(names = "--html", paramLabel = "FILE", description = "Also writes a page for colleagues.")
    private @Nullable Path html;

    @Mixin
    private DnsOption dns = new DnsOption();

    /** Asks the real DNS. */
    public DoctorCommand(Supplier<DoctorSetup> service, Clock clock) {
        this(DnsSource.network(), service, DoctorCommand::mailHosts, clock);
    }

    /**
     * @param source where records are looked up
     * @param service the set-up that is configured, and the blocklists when it is not
     * @param mailHosts looks at the mail hosts of a domain that is not configured
     * @param clock bounds and dates the examination
     */
    public DoctorCommand(
            DnsSource source, Supplier<DoctorSetup> service, Supplier<MailHostChecks> mailHosts, Clock clock) {
        this.mailHosts = mailHosts;
        this.source = source;
        this.service = service;
        this.clock = clock;
    }

    private static MailHostChecks mailHosts() {
        HttpsPolicySource web = new HttpsPolicySource(
                new StrangersHttps(TrustAnchors.ofJvm().sslContext(), null, WEB, new PublicHosts()));
        return MailHostChecks.dialling(web, new SmtpProbe(SmtpClientSettings.of("localhost")), SMTP_PORT);
    }

    @Override
    public Integer call() {
        Optional<DoctorSetup> configured = domain == null ? Optional.of(service.get()) : Optional.empty();
        Dns opened = dns.open(configured.map(DoctorSetup::dns), source);
        Setup setup = configured.map(DoctorSetup::setup).orElseGet(this::asked);
        Optional<RoundTrips> trips = trips(configured);
        List<Finding> findings;
        try {
            List<Check> checks = configured
                    .map(service -> noBlocklists ? service.withoutBlocklists() : service)
                    .map(service -> service.checks(addresses(), advice(), opened, clock, trips))
                    .orElseGet(() -> checks(setup, opened));
            findings = examine(checks, trips.map(RoundTrips::limit).orElse(Duration.ZERO));
        } finally {
            trips.ifPresent(RoundTrips::close);
        }
        print(setup.author().ascii(), findings);
        return switch (DoctorPrint.worst(findings)) {
            case FINE, ADVICE -> 0;
            case UNKNOWN, WARNING -> 1;
            case FAILURE -> 2;
        };
    }

    private Optional<RoundTrips> trips(Optional<DoctorSetup> configured) {
        if (roundTrip && configured.isEmpty()) {
            throw CommandFailure.usage("--round-trip sends with the service's settings, and does not go with --domain");
        }
        return configured
                .filter(service -> roundTrip)
                .map(service -> service.roundTrips().get());
    }

    private List<Check> checks(Setup setup, Dns opened) {
        List<Check> checks = new ArrayList<>(DnsChecks.of(setup, opened, clock, advice()));
        checks.addAll(mailHosts.get().of(setup.envelope(), opened, clock));
        return checks;
    }

    /** What cannot be read is no reason not to look: {@code authmail reports read} says why. */
    private List<PolicyAdvice> advice() {
        SourceSummary.Collector sources = new SourceSummary.Collector();
        ReportReader reader = new ReportReader(UnpackLimits.defaults());
        for (Path file : reports) {
            try (InputStream octets = Files.newInputStream(file)) {
                reader.read(octets.readNBytes(UnpackLimits.defaults().packed() + 1)).stream()
                        .filter(ReportReading.Aggregate.class::isInstance)
                        .forEach(reading -> sources.add(((ReportReading.Aggregate) reading).report()));
            } catch (IOException e) {
                throw CommandFailure.usage(
                        "--report " + file + " cannot be read: " + e.getClass().getSimpleName());
            }
        }
        return sources.advice();
    }

    private Setup asked() {
        Domain from = parsed(String.valueOf(domain));
        return new Setup(
                from,
                envelope == null ? from : parsed(envelope),
                Optional.ofNullable(ehlo),
                addresses(),
                List.of(),
                selectors,
                noBlocklists ? Setup.Blocklists.NONE : Setup.Blocklists.COMMON);
    }

    private List<InetAddress> addresses() {
        return addresses.stream()
                .map(text -> IpAddress.parse(text)
                        .orElseThrow(() -> CommandFailure.usage("--address " + text + " is not an IP address")))
                .toList();
    }

    private static Domain parsed(String text) {
        return switch (Domain.parse(text)) {
            case ParsedDomain.Valid valid -> valid.domain();
            case ParsedDomain.Invalid invalid ->
                throw CommandFailure.usage("\"" + text + "\" is not a domain: " + invalid.rule());
        };
    }

    private List<Finding> examine(List<Check> checks, Duration more) {
        PrintWriter err = Specs.of(spec).commandLine().getErr();
        boolean shown = !json && Ansi.AUTO.enabled();
        AtomicInteger done = new AtomicInteger();
        List<Finding> findings = new Doctor(LIMIT.plus(more)).examine(checks, check -> {
            if (shown) {
                err.print("\r\u001b[K" + done.incrementAndGet() + "/" + checks.size() + " " + check.name());
                err.flush();
            }
        });
        if (shown) {
            err.print("\r\u001b[K");
            err.flush();
        }
        return findings;
    }

    private void print(String subject, List<Finding> findings) {
        String time = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
        PrintWriter out = Specs.of(spec).commandLine().getOut();
        if (json) {
            out.println(JSON.writeValueAsString(DoctorPrint.json(subject, findings, time)));
        } else {
            new DoctorPrint(Ansi.AUTO.enabled()).text(subject, findings).forEach(out::println);
        }
        out.flush();
        if (html != null) {
            try {
                Files.writeString(html, DoctorHtml.page(subject, findings, time));
            } catch (IOException e) {
                throw CommandFailure.notDone(
                        html + " cannot be written: " + e.getClass().getSimpleName());
            }
        }
    }
}
