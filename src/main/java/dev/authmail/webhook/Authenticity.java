package dev.authmail.webhook;

/** Tells whether a request came from whom it says. */
@FunctionalInterface
public interface Authenticity {
    /** What was found. */
    enum Finding {
        /** It came from whom it says. */
        GENUINE,
        /** It did not, or does not prove it. */
        NOT_GENUINE,
        /** What it would be checked with cannot be had now; when it comes again, perhaps. */
        UNDECIDED
    }

    /** Looks at a request. */
    Finding check(HookRequest request);
}
