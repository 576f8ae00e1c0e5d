package dev.authmail.camel;

import dev.authmail.delivery.Attempt;
import dev.authmail.outcome.RetryHeaders;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.apache.camel.Exchange;

/** For a record whose attempt is not made: what is told then is the attempt before it, if there was one. */
final class LastAttempt {
    private LastAttempt() {}

    static void tellOf(Exchange exchange) {
        Attempt attempt = Variables.ATTEMPT.of(exchange);
        if (attempt.number() == 1) {
            Variables.ATTEMPT.clear(exchange);
            return;
        }
        RetryHeaders retry = RetryHeaders.read(Intake.of(exchange).record()::header, attempt.started());
        Instant last = Objects.requireNonNullElse(retry.lastAttempt(), attempt.first());
        Variables.ATTEMPT.set(
                exchange,
                new Attempt(
                        attempt.number() - 1,
                        attempt.first(),
                        last,
                        attempt.deadline(),
                        attempt.pinnedHop(),
                        List.of()));
    }
}
