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

    /** Whether mail is taken as it stands: fine, or with advice. */
    public boolean isGood() {
        return this == FINE || this == ADVICE;
    }

    /** The worse of two. */
    public static Status worse(Status a, Status b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    /** The word in reports. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
