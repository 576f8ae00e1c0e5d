package dev.authmail.mtasts;

import dev.authmail.tlsrpt.ResultType;

/** What became of fetching a policy. RFC 8461 §3.3. */
public sealed interface PolicyFetch {
    /** It is there. */
    record Fetched(StsPolicy policy) implements PolicyFetch {}

    /**
     * It is not to be had.
     *
     * @param type why, in the terms of reports
     * @param detail in words, for people
     */
    record Failed(ResultType type, String detail) implements PolicyFetch {}
}
