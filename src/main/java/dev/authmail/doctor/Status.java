package dev.authmail.doctor;

import java.util.Locale;

/** How a check came out, the best first. */
public enum Status {
    /** As it should be. */
    FINE,
    /** As it must be; it could be better. */
    ADVICE,
    /** It could not be found out. */
    UNKNOWN,
    /** Some mail may be refused or distrusted. */
    WARNING,
    /** Mail will be refused. */
    FAILURE;

    /** The word in reports. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
