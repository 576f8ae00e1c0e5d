package dev.authmail.spf;

import java.util.Optional;

/**
 * What one record came to.
 *
 * @param term the term that decided
 * @param domain whose record that is
 * @param explanation the {@code exp=} of that record
 */
record Verdict(
        SpfResult result, String reason, Optional<String> term, String domain, Optional<MacroString> explanation) {
    static Verdict of(SpfResult result, String reason) {
        return new Verdict(result, reason, Optional.empty(), "", Optional.empty());
    }

    Verdict by(String decidingTerm, String ofDomain) {
        return new Verdict(result, reason, Optional.of(decidingTerm), ofDomain, explanation);
    }
}
