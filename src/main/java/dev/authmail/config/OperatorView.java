package dev.authmail.config;

import dev.authmail.camel.RouteBoxes;
import dev.authmail.delivery.Fault;
import dev.authmail.delivery.Reason;
import dev.authmail.doctor.Finding;
import dev.authmail.doctor.Findings;
import dev.authmail.hold.Holds;
import dev.authmail.kafka.GroupLag;
import dev.authmail.kafka.InFlight;
import dev.authmail.outcome.LastFailures;
import dev.authmail.page.OperatorPage;
import dev.authmail.page.Table;
import dev.authmail.template.TemplateRenderer;
import dev.authmail.traffic.Breakers;
import dev.authmail.traffic.Closures;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;

/** Gathers what the operator's page shows. */
final class OperatorView {
    private final AuthmailSettings settings;
    private final CamelContext context;
    private final InFlight inFlight;
    private final GroupLag lag;
    private final List<String> topics;
    private final Holds holds;
    private final Closures closures;
    private final Breakers breakers;
    private final LastFailures failures;
    private final Findings findings;
    private final MeterRegistry meters;
    private final TemplateRenderer renderer;
    private final Clock clock;

    OperatorView(
            AuthmailSettings settings,
            CamelContext context,
            InFlight inFlight,
            GroupLag lag,
            List<String> topics,
            Holds holds,
            Closures closures,
            Breakers breakers,
            LastFailures failures,
            Findings findings,
            MeterRegistry meters,
            TemplateRenderer renderer,
            Clock clock) {
        this.settings = settings;
        this.context = context;
        this.inFlight = inFlight;
        this.lag = lag;
        this.topics = List.copyOf(topics);
        this.holds = holds;
        this.closures = closures;
        this.breakers = breakers;
        this.failures = failures;
        this.findings = findings;
        this.meters = meters;
        this.renderer = renderer;
        this.clock = clock;
    }

    String page() {
        List<OperatorPage.Link> mails = new ArrayList<>();
        for (String purpose : renderer.purposes()) {
            renderer.languages(purpose).stream()
                    .map(Locale::toLanguageTag)
                    .map(tag -> new OperatorPage.Link(purpose + " " + tag, "operator/" + purpose + "/" + tag))
                    .forEach(mails::add);
        }
        return OperatorPage.of(
                "authmail for " + settings.mail().product(),
                "This replica at " + second(clock.instant()) + "; reload for newer numbers",
                List.of(underWay(), hops(), held(), closed(), scoreCard(), outcomes(), lastFailures()),
                RouteBoxes.of(context),
                mails);
    }

    /** A sample mail; empty when there is no such template. */
    Optional<String> mail(String purpose, String language) {
        return renderer.purposes().stream()
                .filter(purpose::equals)
                .flatMap(p -> renderer.languages(p).stream())
                .filter(known -> known.toLanguageTag().equals(language))
                .findFirst()
                .map(known -> new SettingsOfMail(settings)
                        .content(purpose, known, renderer, clock)
                        .html());
    }

    private Table underWay() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("Events under way on this replica", Integer.toString(inFlight.total())));
        rows.add(List.of(
                "The oldest of them",
                inFlight.oldest()
                        .map(since -> Duration.between(since, clock.instant()).toSeconds() + " s")
                        .orElse("–")));
        for (String topic : topics) {
            double records = lag.of(topic);
            rows.add(List.of(topic, Double.isNaN(records) ? "not known" : "%.0f wait".formatted(records)));
        }
        return new Table("Under way", List.of("What", "How many"), rows, "");
    }

    private Table hops() {
        Set<String> relays = Relays.configured(settings.relays());
        List<List<String>> rows = Relays.hops(settings).stream()
                .map(hop -> {
                    long open = breakers.open(
                            to -> relays.contains(hop) ? to.provider().equals(hop) : !relays.contains(to.provider()));
                    return List.of(hop, open == 0 ? "–" : Long.toString(open));
                })
                .toList();
        return new Table("Hops", List.of("Hop", "Servers that are passed by"), rows, "There is none.");
    }

    private Table held() {
        List<List<String>> rows = holds.inForce().stream()
                .map(hold -> List.of(hold.scope().toString(), second(hold.since()), none(hold.why())))
                .toList();
        return new Table("Held by operators", List.of("What", "Since", "Why"), rows, "Nothing is held.");
    }

    private Table closed() {
        List<List<String>> rows = closures.inForce().stream()
                .map(c -> List.of(c.provider(), second(c.until()), Integer.toString(c.times()), c.cause(), c.reply()))
                .toList();
        return new Table(
                "Providers that refused us",
                List.of("Provider", "Closed until", "Times", "Rule", "Reply"),
                rows,
                "None is closed.");
    }

    private Table scoreCard() {
        List<List<String>> rows = findings.latest().stream()
                .flatMap(examination -> examination.findings().stream())
                .sorted(Comparator.comparing(Finding::status).reversed())
                .map(f -> List.of(f.status().word(), f.check(), f.subject(), f.found(), f.expected()))
                .toList();
        return new Table(
                "What the doctor found",
                List.of("Status", "Check", "Subject", "Found", "Wanted"),
                rows,
                "This replica has not looked yet, or authmail.doctor.enabled is false.");
    }

    private Table outcomes() {
        List<List<String>> rows = meters.find("authmail.outcomes").counters().stream()
                .sorted(Comparator.comparingDouble(Counter::count).reversed())
                .map(c -> List.of(
                        tag(c, "type"),
                        tag(c, "reason"),
                        tag(c, "fault"),
                        tag(c, "route"),
                        tag(c, "provider"),
                        "%.0f".formatted(c.count())))
                .toList();
        return new Table(
                "Outcomes since this replica began",
                List.of("Type", "Reason", "Fault", "Route", "Provider", "How many"),
                rows,
                "There is none yet.");
    }

    private static String tag(Counter counter, String name) {
        return none(counter.getId().getTag(name)).replaceFirst("^(none)?$", "–");
    }

    private Table lastFailures() {
        List<List<String>> rows =
                failures.list().stream().map(OperatorView::failure).toList();
        return new Table(
                "Last failures",
                List.of("When", "What", "Reason", "Fault", "Event", "Detail"),
                rows,
                "There is none since this replica began.");
    }

    private static List<String> failure(LastFailures.Failure failure) {
        Reason reason = failure.report().reason();
        Fault fault = failure.report().fault();
        return List.of(
                second(failure.at()),
                failure.type().type(),
                reason == null ? "–" : reason.code(),
                fault == null ? "–" : fault.code(),
                failure.report().eventId().value(),
                none(failure.report().detail()));
    }

    private static String none(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static String second(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
