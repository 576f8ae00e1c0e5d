package dev.authmail.roundtrip;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What came of one round trip. */
public sealed interface RoundTripResult {
    /** The relay did not take the mail. */
    record NotTaken(String detail) implements RoundTripResult {}

    /** It took it, and within that time it did not come. */
    record NotThere(Duration waited) implements RoundTripResult {}

    /** The mailbox could not be read. */
    record NoMailbox(String detail) implements RoundTripResult {}

    /**
     * It came.
     *
     * @param took from the relay's 250 to the mailbox
     * @param signatures how many signatures it had when it was sent
     * @param broken those that no longer hold, each with the reason
     * @param changes what was changed, each a clause
     * @param hops the servers that it passed, the first one first; servers after our relay are strangers
     * @param returnPath the domain of the envelope sender at the end, where the last server wrote it
     */
    record CameBack(
            Duration took,
            int signatures,
            List<String> broken,
            List<String> changes,
            List<ReceivedField> hops,
            Optional<String> returnPath)
            implements RoundTripResult {
        public CameBack {
            broken = List.copyOf(broken);
            changes = List.copyOf(changes);
            hops = List.copyOf(hops);
        }
    }
}
