package dev.authmail.delivery;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What follows from an attempt. */
public sealed interface Conclusion {
    /** A hop took the mail. */
    record Accepted() implements Conclusion {}

    /**
     * Another attempt will be made.
     *
     * @param tier of the retry topic
     * @param notBefore when it is due
     * @param pinnedHop the only hop it may try, if any
     * @param fault whose fault the delay is
     * @param detail in words
     */
    record Later(
            RetrySchedule.Tier tier,
            Instant notBefore,
            @Nullable String pinnedHop,
            @Nullable Fault fault,
            String detail)
            implements Conclusion {}

    /**
     * No mail of ours is needed.
     *
     * @param why in words
     */
    record Ignored(String why) implements Conclusion {}

    /**
     * No further attempt.
     *
     * @param reason why
     * @param fault whose fault
     * @param userState what the application can show
     * @param detail in words
     */
    record GivenUp(
            Reason reason, @Nullable Fault fault, @Nullable UserState userState, String detail) implements Conclusion {}
}
