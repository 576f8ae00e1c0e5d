package dev.authmail.mtasts;

/** What MTA-STS has to say of mail to a domain. RFC 8461 §5. */
public sealed interface StsLookup {
    /** The domain has no policy. */
    record None() implements StsLookup {}

    /** This one applies, in whatever mode. */
    record Applies(StsPolicy policy) implements StsLookup {}

    /** The domain announces one that is not to be had, and none is known from before: as if it had none. */
    record Unavailable(PolicyFetch.Failed failure) implements StsLookup {}
}
