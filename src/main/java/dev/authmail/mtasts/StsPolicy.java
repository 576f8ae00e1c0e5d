package dev.authmail.mtasts;

import java.time.Duration;
import java.util.List;

/**
 * What a domain demands of those who send mail to it. RFC 8461 §3.2.
 *
 * @param mode what to do with a host that does not fit
 * @param maxAge how long the policy may be kept, at most {@link #MAX_AGE}
 * @param mx the hosts that may be used; none only in mode none
 */
public record StsPolicy(Mode mode, Duration maxAge, List<MxPattern> mx) {
    /** The longest that a policy may be kept. */
    public static final Duration MAX_AGE = Duration.ofSeconds(31_557_600);

    public StsPolicy {
        mx = List.copyOf(mx);
        maxAge = maxAge.compareTo(MAX_AGE) > 0 ? MAX_AGE : maxAge;
    }

    /** What to do with a host that does not fit. RFC 8461 §5. */
    public enum Mode {
        /** It gets no mail. */
        ENFORCE,
        /** It gets mail, and the domain is told. */
        TESTING,
        /** The domain has no policy any more. */
        NONE
    }

    /** Reads a policy as it is served. */
    public static ParsedStsPolicy parse(String text) {
        return new StsPolicyReader().read(text);
    }

    /** Whether a mail host is one of those named. RFC 8461 §4.1. */
    public boolean names(String host) {
        return mx.stream().anyMatch(pattern -> pattern.matches(host));
    }
}
