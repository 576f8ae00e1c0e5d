package dev.authmail.spf;

import java.util.Optional;

/**
 * What came of evaluating.
 *
 * @param result the word
 * @param identity whose domain it was
 * @param domain the domain whose record was asked for, as A-labels where that can be
 * @param matched the term that decided, and whose record it stands in; empty when none matched
 * @param reason why, a sentence without a full stop
 * @param explanation the domain's own words about a fail (RFC 7208 §6.2); a stranger's text, in ASCII
 * @param lookups how many terms asked the DNS, of 10
 * @param voidLookups how many of these found nothing, of 2
 */
public record SpfEvaluation(
        SpfResult result,
        SpfQuery.Identity identity,
        String domain,
        Optional<Matched> matched,
        String reason,
        Optional<String> explanation,
        int lookups,
        int voidLookups) {
    /** @param term as written, its qualifier included
     * @param domain whose record it stands in */
    public record Matched(String term, String domain) {}
}
