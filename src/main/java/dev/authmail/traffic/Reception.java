package dev.authmail.traffic;

import java.time.Duration;

/** How a server received a mail, as far as it says something about the next one. */
public sealed interface Reception {
    /** It took the mail. */
    record Accepted() implements Reception {}

    /** It answered, and what it said is about this mail or this recipient: the server works. */
    record Answered() implements Reception {}

    /**
     * No connection, no answer, no TLS, no session, or a 421. RFC 5321 §3.8.
     *
     * @param silent whether it was waited for in vain, which costs a mail a minute and more
     */
    record Unreachable(boolean silent) implements Reception {}

    /**
     * It refused us: our address, our domain, our rate. The same at every host of the provider.
     *
     * @param permanent 5yz
     * @param rule the id of the rule that says so
     * @param atLeast how long to stop at least, as the rule says; zero when it does not
     * @param reply what the server said; redacted
     */
    record RefusedUs(boolean permanent, String rule, Duration atLeast, String reply) implements Reception {}

    /** It was not asked after all. */
    record NotAsked() implements Reception {}
}
