package dev.authmail.dkim;

import java.util.List;
import java.util.stream.Stream;

/**
 * What came of verifying a message.
 *
 * @param signatures one result for each DKIM-Signature field, from the top; empty when there is none
 */
public record DkimVerification(List<SignatureResult> signatures) {
    public DkimVerification {
        signatures = List.copyOf(signatures);
    }

    /**
     * The best that any signature came to: one good signature is enough (RFC 6376 §6.1), and one that may yet turn out
     * good comes before those that never will.
     */
    public DkimResult result() {
        return Stream.of(DkimResult.PASS, DkimResult.TEMPERROR, DkimResult.FAIL, DkimResult.PERMERROR)
                .filter(r -> signatures.stream().anyMatch(s -> s.result() == r))
                .findFirst()
                .orElse(DkimResult.NONE);
    }
}
