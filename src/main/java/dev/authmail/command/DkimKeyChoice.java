package dev.authmail.command;

import dev.authmail.dkim.DkimAlgorithm;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Which DKIM keys to make; the words of {@code --algorithm} in lower case. */
enum DkimKeyChoice {
    /** For every verifier there is. */
    RSA(DkimAlgorithm.RSA_SHA256),
    /** For those that know RFC 8463. */
    ED25519(DkimAlgorithm.ED25519_SHA256),
    /** Two keys and two signatures on each mail. */
    BOTH(DkimAlgorithm.ED25519_SHA256, DkimAlgorithm.RSA_SHA256);

    private final List<DkimAlgorithm> algorithms;

    DkimKeyChoice(DkimAlgorithm... algorithms) {
        this.algorithms = List.of(algorithms);
    }

    static Optional<DkimKeyChoice> of(String word) {
        return Arrays.stream(values())
                .filter(c -> c.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst();
    }

    List<DkimAlgorithm> algorithms() {
        return algorithms;
    }

    /** Two keys need two selectors: a selector has one record, and a record one key. RFC 6376 §3.6.2.2. */
    String selector(String base, DkimAlgorithm algorithm) {
        return algorithms.size() == 1 ? base : base + "-" + algorithm.keyType();
    }
}
