package dev.authmail.delivery;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says what follows from an attempt once every hop that may be tried was: accepted, later, or given up. */
public final class AttemptConclusion {
    private final RetrySchedule schedule;
    private final Clock clock;

    /**
     * @param schedule when a mail is tried again
     * @param clock tells how far the deadline is
     */
    public AttemptConclusion(RetrySchedule schedule, Clock clock) {
        this.schedule = schedule;
        this.clock = clock;
    }

    /** What follows from an attempt that asked at least one hop. */
    public Conclusion of(Attempt attempt) {
        Answer answer = attempt.decisive()
                .orElseThrow(() -> new IllegalArgumentException("the attempt asked no hop: the route has none"));
        Decision decision = answer.decision();
        return switch (decision.step()) {
            case DONE -> new Conclusion.Accepted();
            case GIVE_UP -> givenUp(decision);
            case NEXT, LATER -> later(attempt, answer, null);
            // Pinned once; unconfirmed a second time, a second mail is better than none.
            case UNCONFIRMED -> later(attempt, answer, attempt.pinnedHop() == null ? answer.hop() : null);
        };
    }

    private static Conclusion givenUp(Decision decision) {
        Reason reason = decision.reason() == null ? Reason.REJECTED : decision.reason();
        return new Conclusion.GivenUp(reason, decision.fault(), decision.userState(), decision.detail());
    }

    private Conclusion later(Attempt attempt, Answer answer, @Nullable String pinnedHop) {
        Instant now = clock.instant();
        Decision decision = answer.decision();
        Optional<RetrySchedule.Tier> tier = answer.retryAfter().isPositive()
                ? schedule.nextUnasked(attempt.number(), answer.retryAfter(), now, attempt.deadline())
                : schedule.next(attempt.number(), decision, now, attempt.deadline());
        return tier.<Conclusion>map(t ->
                        new Conclusion.Later(t, now.plus(t.delay()), pinnedHop, decision.fault(), decision.detail()))
                .orElseGet(() -> tooLate(attempt, decision));
    }

    private static Conclusion tooLate(Attempt attempt, Decision decision) {
        // A pinned attempt follows one that may have been delivered, and has not found out.
        boolean unconfirmed = decision.step() == Step.UNCONFIRMED || attempt.pinnedHop() != null;
        return new Conclusion.GivenUp(
                unconfirmed ? Reason.UNCONFIRMED : Reason.EXPIRED,
                decision.fault(),
                unconfirmed ? UserState.DELAYED : lastState(decision),
                "no further attempt fits before " + attempt.deadline() + "; the last one: " + decision.detail());
    }

    /** A full mailbox is the one thing that the user can do something about. */
    private static UserState lastState(Decision decision) {
        return decision.userState() == UserState.MAILBOX_FULL ? UserState.MAILBOX_FULL : UserState.OUR_FAULT;
    }
}
