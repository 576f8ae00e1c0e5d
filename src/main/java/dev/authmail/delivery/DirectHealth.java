package dev.authmail.delivery;

import java.util.Optional;

/** Whether the set-up is fit to send directly: addresses, PTR, SPF, DKIM, DMARC, blocklists. Thread-safe, and quick. */
@FunctionalInterface
public interface DirectHealth {
    /** Nobody has looked yet. */
    DirectHealth UNKNOWN = Verdict.Unknown::new;

    /** What the checks came to, as far as they have run. */
    Verdict verdict();

    /** What the checks came to. */
    sealed interface Verdict {
        /** Nothing speaks against it. */
        record Fit() implements Verdict {}

        /**
         * Something does.
         *
         * @param why in words
         */
        record Unfit(String why) implements Verdict {}

        /** The checks have not run, or could not find out. */
        record Unknown() implements Verdict {}
    }

    /**
     * Why no mail goes directly now; empty when it does. What nobody knows counts as unfit: who asks for health wants
     * no mail to leave from an address that may be on a blocklist, and the relay is there.
     */
    default Optional<String> closed() {
        return switch (verdict()) {
            case Verdict.Fit fit -> Optional.empty();
            case Verdict.Unfit unfit -> Optional.of("the set-up is not fit to send directly: " + unfit.why());
            case Verdict.Unknown unknown ->
                Optional.of("it is not known yet whether the set-up is fit to send directly");
        };
    }
}
