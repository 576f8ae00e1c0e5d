package dev.authmail.traffic;

import java.time.Duration;

/** Whether a mail may go somewhere now. */
public sealed interface Admission {
    /** It may. Whoever gets one tells once, whatever happens, how the mail was received. */
    non-sealed interface Permit extends Admission {
        /** Tells how the mail was received. */
        void ended(Reception reception);
    }

    /**
     * It may not.
     *
     * @param cause what keeps it back
     * @param why in words, to be read after "not tried:"
     * @param retryAfter after which it may be otherwise
     */
    record Denied(Cause cause, String why, Duration retryAfter) implements Admission {}

    /** What keeps a mail back. */
    enum Cause {
        /** The server keeps failing. */
        UNREACHABLE,
        /** The provider refused us. */
        CLOSED,
        /** A limit of ours. */
        LIMITED
    }
}
