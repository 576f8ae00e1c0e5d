package dev.authmail.tlsreport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.testkit.MovableClock;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Redelivery of reports, RFC 8460 §5.5. */
class UnsentReportsTest {
    private static final Instant NIGHT = Instant.parse("2026-11-25T00:30:00Z");

    private final MovableClock clock = new MovableClock(NIGHT);
    private final UnsentReports unsent = new UnsentReports(clock);

    @Test
    void oneThatNeverArrivesIsTriedWithGrowingWaitsForADay() {
        DueReport report = report("one");
        List<Long> hours = new ArrayList<>();

        Optional<Instant> next = unsent.failed(report);
        while (next.isPresent()) {
            moveTo(next.get().minusSeconds(1));
            assertThat(unsent.due()).as("a second early").isEmpty();
            moveTo(next.get());
            assertThat(unsent.due()).containsExactly(report);
            hours.add(Duration.between(NIGHT, next.get()).toHours());
            next = unsent.failed(report);
        }

        assertThat(hours).containsExactly(1L, 3L, 7L, 15L);
        assertThat(unsent.due()).isEmpty();
    }

    @Test
    void oneThatArrivedIsNotTriedAgain() {
        DueReport report = report("one");
        DueReport other = report("other");
        unsent.failed(report);
        unsent.failed(other);
        clock.move(Duration.ofHours(1));

        unsent.done(report);

        assertThat(unsent.due()).containsExactly(other);
        assertThat(unsent.due()).as("nobody has told what came of it").containsExactly(other);
    }

    @Test
    void aThousandWaitAndNoMore() {
        for (int i = 0; i < 1000; i++) {
            assertThat(unsent.failed(report("r" + i))).isPresent();
        }

        assertThat(unsent.failed(report("one too many"))).isEmpty();
        clock.move(Duration.ofHours(1));
        assertThat(unsent.due()).hasSize(1000);
        assertThat(unsent.failed(unsent.due().getFirst()))
                .as("it was here before")
                .isPresent();
    }

    private void moveTo(Instant moment) {
        clock.move(Duration.between(clock.instant(), moment));
    }

    private static DueReport report(String id) {
        TlsReportFile file = new TlsReportFile(id, LocalDate.of(2026, 11, 24), "example.test", new byte[] {1});
        return new DueReport(file, new ReportDestination.WebServer(URI.create("https://reports.example.test/")));
    }
}
