package dev.authmail.routes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.reports.ReportReader;
import dev.authmail.reports.ReportReading;
import dev.authmail.reports.TlsReport;
import dev.authmail.reports.UnpackLimits;
import dev.authmail.testkit.ClockAhead;
import dev.authmail.testkit.ReceivedMail;
import dev.authmail.testkit.TestAuthmail;
import dev.authmail.tlsreport.UnsentReports;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;

/** The route tls-reports, switched on: a domain that asks for it is told of the day, also when it does not answer at first. */
class TlsReportRouteTest {
    private static final ClockAhead CLOCK = new ClockAhead();
    private static final String READER = "tls@reports.test";

    /** Read before the service's own. */
    @Order(0)
    static class Watch {
        @Bean
        Clock clock() {
            return CLOCK;
        }
    }

    @Test
    void theDayIsReportedWhenItIsOverAndAgainUntilTheReportHasArrived() {
        try (TestAuthmail authmail = new TestAuthmail()
                .with(Watch.class)
                .set("authmail.relays.relay.host", "")
                .set("authmail.tls-reports.enabled", true)
                .set("authmail.tls-reports.interval", "200ms")) {
            authmail.dns
                    .zone(
                            "asks.test",
                            "@ IN MX 10 mx1.good.test.\n_smtp._tls IN TXT \"v=TLSRPTv1; rua=mailto:" + READER + "\"\n")
                    .zone("reports.test", "@ IN MX 10 mx1.good.test.\n");
            authmail.mx.on("RCPT TO:<tls@").reply("451 4.3.0 not now").times(1);
            authmail.start();
            authmail.register("seen-1", "reader@asks.test");
            authmail.outcome("seen-1", "accepted");
            LocalDate day = LocalDate.now(ZoneOffset.UTC);
            assertThat(authmail.mx.commands("RCPT TO:<tls@"))
                    .as("the day is not over")
                    .isEmpty();

            CLOCK.move(Duration.ofDays(1));
            Awaitility.await().until(() -> authmail.mx.commands("RCPT TO:<tls@").size() == 1);
            assertThat(authmail.mx.mailsTo(READER)).as("it was put off").isEmpty();
            Awaitility.await().pollInterval(Duration.ofMillis(500)).until(() -> {
                CLOCK.move(Duration.ofHours(1)); // it is not known here when it was told that it was put off
                return !authmail.mx.mailsTo(READER).isEmpty();
            });
            ReceivedMail mail = authmail.mx.mailsTo(READER).getFirst();

            assertThat(authmail.checks().dkim(mail, CLOCK))
                    .isNotEmpty()
                    .allMatch(signature -> signature.endsWith(" pass"));
            TlsReport report = ((ReportReading.Tls) new ReportReader(UnpackLimits.defaults())
                            .read(mail.octets())
                            .getFirst())
                    .report();
            assertThat(report.start()).isEqualTo(day + "T00:00:00Z");
            assertThat(report.policies()).singleElement().satisfies(policy -> {
                assertThat(policy.domain()).isEqualTo("asks.test");
                assertThat(policy.success()).isEqualTo(1);
            });
            CLOCK.move(Duration.ofHours(12));
            Awaitility.await("it to be told that it has arrived")
                    .until(() -> authmail.context()
                            .getBean(UnsentReports.class)
                            .due()
                            .isEmpty());
            assertThat(authmail.mx.mailsTo(READER)).as("once").hasSize(1);
        }
    }
}
