package dev.authmail.bounce;

import java.util.Locale;

/** What a mail that came back is. */
public enum BounceKind {
    /** Something was not delivered, or not yet. RFC 3464. */
    BOUNCE,
    /** A complaint, or a report of failed authentication. RFC 5965, RFC 6591. */
    ARF,
    /** The answer of a person's program, such as a vacation note. RFC 3834. */
    AUTOREPLY,
    /** It was delivered, or read. RFC 3464, RFC 8098. */
    DELIVERED,
    /** Something else. */
    NOT_BOUNCE;

    /** The word in reports. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
