package dev.authmail.camel;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.authmail.delivery.Fault;
import dev.authmail.delivery.Reason;
import dev.authmail.event.EventId;
import dev.authmail.outcome.LastFailures;
import dev.authmail.outcome.OutcomeType;
import dev.authmail.outcome.Report;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** An outcome is one line, with its fields beside it for logs that are JSON, and is kept when it is a failure. */
class OutcomeLogTest {
    private final LastFailures failures = new LastFailures();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final OutcomeLog log = new OutcomeLog(
            new OutcomeMeters(meters, "google.com"::equals, Clock.systemUTC()), failures, Clock.systemUTC());

    @Test
    void theFieldsStandBesideTheLine() {
        Logger logger = (Logger) LoggerFactory.getLogger("authmail.outcome");
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        logger.addAppender(lines);
        try {
            log.record(
                    OutcomeType.FAILED,
                    Report.about(new EventId("e-1\nforged"), "registrations-0@1")
                            .because(Reason.REJECTED, Fault.RECIPIENT, null, "no \"such\" user"),
                    null);
        } finally {
            logger.detachAppender(lines);
        }

        ILoggingEvent line = lines.list.getFirst();
        assertThat(line.getFormattedMessage())
                .isEqualTo("outcome=authmail.failed event=\"e-1 forged\" source=registrations-0@1 attempt=0"
                        + " reason=rejected fault=recipient detail=\"no  such  user\"");
        assertThat(line.getKeyValuePairs().stream().collect(Collectors.toMap(p -> p.key, p -> p.value.toString())))
                .containsEntry("eventId", "e-1\nforged") // the JSON writer escapes it
                .containsEntry("outcome", "authmail.failed")
                .containsEntry("reason", "rejected")
                .containsEntry("fault", "recipient");
    }

    @Test
    void theLastFailuresAreKeptAndNoMore() {
        for (int i = 0; i < 100; i++) {
            log.record(OutcomeType.DEFERRED, Report.about(new EventId("e-" + i), "r-0@" + i), null);
            log.record(OutcomeType.ACCEPTED, Report.about(new EventId("a-" + i), "r-0@" + i), null);
        }

        assertThat(failures.list()).hasSize(30);
        assertThat(failures.list().getFirst().report().eventId().value()).isEqualTo("e-99");
        assertThat(meters.get("authmail.outcomes")
                        .tag("type", "authmail.accepted")
                        .counter()
                        .count())
                .isEqualTo(100);
    }
}
