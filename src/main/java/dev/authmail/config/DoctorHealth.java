package dev.authmail.config;

import dev.authmail.doctor.Examination;
import dev.authmail.doctor.Findings;
import java.util.Locale;
import java.util.Optional;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * How the checks of the doctor stand. A state of its own, such as {@code FAILURE}, never down: a restart mends no DNS
 * record, and mail still goes by the other route.
 */
final class DoctorHealth implements HealthIndicator {
    private final Findings findings;

    DoctorHealth(Findings findings) {
        this.findings = findings;
    }

    @Override
    public Health health() {
        Optional<Examination> latest = findings.latest();
        if (latest.isEmpty()) {
            return Health.unknown()
                    .withDetail("examined", "not yet, the first time")
                    .build();
        }
        Examination examination = latest.get();
        var worst = examination.worst();
        Health.Builder health = worst.isGood()
                ? Health.up()
                : Health.status(new Status(worst.word().toUpperCase(Locale.ROOT)));
        examination.byCheck().forEach((check, status) -> health.withDetail(check, status.word()));
        return health.withDetail("examined", examination.at().toString()).build();
    }
}
