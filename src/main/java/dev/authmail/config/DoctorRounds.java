package dev.authmail.config;

import dev.authmail.doctor.Check;
import dev.authmail.doctor.DirectFitness;
import dev.authmail.doctor.Finding;
import dev.authmail.doctor.FindingChange;
import dev.authmail.doctor.Findings;
import dev.authmail.doctor.RepeatedExamination;
import dev.authmail.doctor.Status;
import dev.authmail.traffic.Closure;
import dev.authmail.traffic.Closures;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One look at everything, and what follows from it: the direct route opens or closes, providers that complained of what is
 * mended get mail again, numbers and one log line a change.
 */
final class DoctorRounds implements Supplier<List<FindingChange>> {
    private static final Logger LOG = LoggerFactory.getLogger("authmail.doctor");

    private final Supplier<List<Check>> checks;
    private final RepeatedExamination examination;
    private final Findings findings;
    private final DirectFitness fitness;
    private final Closures closures;
    private final MultiGauge gauge;

    DoctorRounds(
            Supplier<List<Check>> checks,
            RepeatedExamination examination,
            Findings findings,
            DirectFitness fitness,
            Closures closures,
            MeterRegistry meters) {
        this.checks = checks;
        this.examination = examination;
        this.findings = findings;
        this.fitness = fitness;
        this.closures = closures;
        this.gauge = MultiGauge.builder("authmail.findings")
                .description("What the doctor found at this replica's last look, by check and status")
                .register(meters);
    }

    @Override
    public List<FindingChange> get() {
        List<Finding> found = examination.examine(checks.get());
        List<FindingChange> changes = findings.update(found);
        fitness.update(found);
        count(found);
        changes.forEach(this::tell);
        return changes;
    }

    private record Labels(String check, Status status) {}

    /** Checks and states are few and ours. */
    private void count(List<Finding> found) {
        Map<Labels, Long> counts = found.stream()
                .map(f -> new Labels(f.check(), f.status()))
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        gauge.register(
                counts.entrySet().stream()
                        .map(e -> MultiGauge.Row.of(
                                Tags.of(
                                        "check",
                                        e.getKey().check(),
                                        "status",
                                        e.getKey().status().word()),
                                e.getValue()))
                        .collect(Collectors.toList()),
                true);
    }

    private void tell(FindingChange change) {
        Finding finding = change.finding();
        String line = "finding={} subject=\"{}\" status={} was={} found=\"{}\"";
        Object[] words = {
            finding.check(),
            printable(finding.subject()),
            finding.status().word(),
            change.was().word(),
            printable(finding.found())
        };
        if (change.isMended()) {
            LOG.info(line, words);
            open(change);
        } else {
            LOG.warn(line, words);
        }
    }

    /** Those who refused us for what is mended now. */
    private void open(FindingChange change) {
        closures.inForce().stream()
                .filter(closure -> change.complaints().contains(closure.cause()))
                .map(Closure::provider)
                .forEach(closures::open);
    }

    /** Words of findings can come from the DNS, where anybody writes. */
    private static String printable(String text) {
        return text.replaceAll("[^\\x20-\\x7e]", "?").replace('"', '\'');
    }
}
