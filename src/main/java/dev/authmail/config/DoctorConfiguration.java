package dev.authmail.config;

import dev.authmail.camel.DescribeFinding;
import dev.authmail.camel.ExamineSetUp;
import dev.authmail.command.DoctorSetup;
import dev.authmail.dns.Dns;
import dev.authmail.doctor.DirectFitness;
import dev.authmail.doctor.Doctor;
import dev.authmail.doctor.Findings;
import dev.authmail.doctor.RepeatedExamination;
import dev.authmail.reports.ReportTally;
import dev.authmail.traffic.Closures;
import dev.authmail.traffic.SharedState;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The doctor in the running service. */
@Configuration(proxyBeanMethods = false)
class DoctorConfiguration {
    private static final Duration LIMIT = Duration.ofSeconds(22);
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    private final AuthmailSettings settings;
    private final Clock clock;

    DoctorConfiguration(AuthmailSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** What was found last: for pages, health and metrics. */
    @Bean
    Findings findings(SharedState shared) {
        return new Findings(instance(), (key, value) -> shared.write(key, value, () -> {}), clock);
    }

    /** The pod's name. */
    private static String instance() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unnamed";
        }
    }

    @Bean
    DirectFitness directFitness() {
        return new DirectFitness();
    }

    @Bean
    ExamineSetUp examineSetUp(
            Dns dns,
            Findings findings,
            DirectFitness fitness,
            Closures closures,
            ReportTally tally,
            MeterRegistry meters) {
        AuthmailSettings.Doctor doctor = settings.doctor();
        if (!doctor.enabled()) {
            requireNobodyWaits();
            return new ExamineSetUp(List::of);
        }
        if (doctor.interval().compareTo(SHORTEST) < 0) {
            throw new SettingsException("authmail.doctor.interval", "is shorter than 1s; 5m is a good value");
        }
        DoctorSetup setup = new SettingsOfDoctor(settings).setup(clock);
        return new ExamineSetUp(new DoctorRounds(
                () -> setup.checks(List.of(), tally.advice(), dns, clock),
                new RepeatedExamination(new Doctor(LIMIT), doctor.fineFor(), clock),
                findings,
                fitness,
                closures,
                meters));
    }

    private void requireNobodyWaits() {
        if (settings.direct().enabled() == AuthmailSettings.Direct.Enabled.HEALTHY) {
            throw new SettingsException(
                    "authmail.doctor.enabled",
                    "is false, so that authmail.direct.enabled: healthy would never open the direct route; switch the"
                            + " doctor on, or say always or never");
        }
    }

    @Bean
    DescribeFinding describeFinding() {
        return new DescribeFinding();
    }

    @Bean("doctorHealthIndicator")
    @ConditionalOnProperty("authmail.doctor.enabled")
    DoctorHealth doctorHealth(Findings findings) {
        return new DoctorHealth(findings);
    }
}
