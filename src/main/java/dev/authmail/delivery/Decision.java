package dev.authmail.delivery;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What an attempt's result means.
 *
 * @param step what the route does next
 * @param reason why it ends, when it ends without a delivered mail
 * @param fault whose fault it is; none when the mail was accepted
 * @param rule the id of the rule that decided, for people who ask why
 * @param scope what the result is about; none when the mail was accepted
 * @param userState the word for the user
 * @param atLeast how long to wait at least before trying later; zero when the schedule alone says
 * @param suppress whether the address is not to be mailed again: it ended, and nobody has this address
 * @param detail a sentence for operators; redacted
 */
public record Decision(
        Step step,
        @Nullable Reason reason,
        @Nullable Fault fault,
        String rule,
        @Nullable Scope scope,
        UserState userState,
        Duration atLeast,
        boolean suppress,
        String detail) {}
