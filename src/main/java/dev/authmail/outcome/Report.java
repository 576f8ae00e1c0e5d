package dev.authmail.outcome;

import dev.authmail.address.MailAddress;
import dev.authmail.delivery.Attempt;
import dev.authmail.delivery.Fault;
import dev.authmail.delivery.Reason;
import dev.authmail.delivery.UserState;
import dev.authmail.event.EventId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * All that is told about one event: the fields of its outcome and the headers of its retry or dead letter. What is not
 * known is null and is not written.
 *
 * @param eventId which event
 * @param source {@code topic-partition@offset} of the record; null for what comes back later
 * @param userId who registered; the key of outcomes
 * @param reason why it ended
 * @param fault whose fault it is
 * @param userState what the application can show
 * @param detail in words, for people; no secret, no local part of an address
 * @param attempts how many attempts were made, this one included
 * @param firstAttempt when the first began
 * @param lastAttempt when the last began
 * @param facts what the deciding hop said
 * @param answer what a report that came back says was answered
 */
public record Report(
        EventId eventId,
        @Nullable String source,
        @Nullable String userId,
        @Nullable Reason reason,
        @Nullable Fault fault,
        @Nullable UserState userState,
        @Nullable String detail,
        int attempts,
        @Nullable Instant firstAttempt,
        @Nullable Instant lastAttempt,
        @Nullable HopFacts facts,
        @Nullable ReportedAnswer answer) {
    /** A report that knows nothing but which event it is about. */
    public static Report about(EventId eventId, @Nullable String source) {
        return new Report(eventId, source, null, null, null, null, null, 0, null, null, null, null);
    }

    /** With the user it concerns. */
    public Report forUser(String user) {
        return new Report(
                eventId,
                source,
                user,
                reason,
                fault,
                userState,
                detail,
                attempts,
                firstAttempt,
                lastAttempt,
                facts,
                answer);
    }

    /** With why it ended. */
    public Report because(
            @Nullable Reason why, @Nullable Fault whose, @Nullable UserState shown, @Nullable String words) {
        return new Report(
                eventId, source, userId, why, whose, shown, words, attempts, firstAttempt, lastAttempt, facts, answer);
    }

    /**
     * With what the attempt was and what its deciding hop said.
     *
     * @param recipient whose local part is hidden in what the hop said
     */
    public Report after(Attempt attempt, MailAddress recipient) {
        return new Report(
                eventId,
                source,
                userId,
                reason,
                fault,
                userState,
                detail,
                attempt.number(),
                attempt.first(),
                attempt.started(),
                attempt.decisive()
                        .flatMap(answer -> HopFacts.of(answer, recipient))
                        .orElse(null),
                answer);
    }

    /** With how many attempts were made, where no more is known of them. */
    public Report afterAttempts(int made) {
        return new Report(
                eventId,
                source,
                userId,
                reason,
                fault,
                userState,
                detail,
                made,
                firstAttempt,
                lastAttempt,
                facts,
                answer);
    }

    /** With what a report that came back says was answered. */
    public Report answered(@Nullable ReportedAnswer said) {
        return new Report(
                eventId,
                source,
                userId,
                reason,
                fault,
                userState,
                detail,
                attempts,
                firstAttempt,
                lastAttempt,
                facts,
                said);
    }
}
