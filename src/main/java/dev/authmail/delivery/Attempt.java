package dev.authmail.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to deliver the mail of one event: every hop once, in the order of the route.
 *
 * @param number 1 for the first
 * @param first when the first attempt began
 * @param started when this one began
 * @param deadline after which no other attempt is made
 * @param pinnedHop the only hop that may be tried, after a reply was lost there
 * @param answers what the hops answered, in order
 */
public record Attempt(
        int number,
        Instant first,
        Instant started,
        Instant deadline,
        @Nullable String pinnedHop,
        List<Answer> answers) {
    public Attempt {
        answers = List.copyOf(answers);
    }

    /** This attempt with one more answer. */
    public Attempt with(Answer answer) {
        List<Answer> more = new ArrayList<>(answers);
        more.add(answer);
        return new Attempt(number, first, started, deadline, pinnedHop, more);
    }

    /** This attempt with a deadline that is later. */
    public Attempt extendedBy(Duration more) {
        return new Attempt(number, first, started, deadline.plus(more), pinnedHop, answers);
    }

    /** Whether a hop may be tried. */
    public boolean allows(String hop) {
        return pinnedHop == null || pinnedHop.equals(hop);
    }

    /** Whether a server has taken the mail. */
    public boolean isAccepted() {
        return answers.stream().anyMatch(answer -> answer.decision().step() == Step.DONE);
    }

    /**
     * The answer that tells what became of the attempt: the last of a hop that was tried, else of the hop that can be
     * tried soonest, else the last of all.
     */
    public Optional<Answer> decisive() {
        return answers.stream()
                .filter(a -> !(a.result() instanceof HopResult.Skipped))
                .reduce((earlier, later) -> later)
                .or(() -> answers.stream()
                        .filter(a -> a.retryAfter().isPositive())
                        .min(Comparator.comparing(Answer::retryAfter)))
                .or(() -> answers.isEmpty() ? Optional.empty() : Optional.of(answers.getLast()));
    }
}
