package dev.authmail.authurl;

import java.time.Instant;

/**
 * A code of six digits that a person reads in the mail and types where they signed up. A secret like the link.
 *
 * @param digits six of them, ASCII
 * @param expires from when on it is refused, whole seconds
 */
public record OneTimeCode(String digits, Instant expires) {
    @Override
    public String toString() {
        return "OneTimeCode[***, expires=" + expires + "]";
    }
}
