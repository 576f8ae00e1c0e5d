package dev.authmail.returns;

import dev.authmail.bounce.BounceClues;
import dev.authmail.envelope.EnvelopeKeys;
import dev.authmail.envelope.EnvelopeToken;
import dev.authmail.event.EventFingerprint;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What in a mail proves which event it is about. */
sealed interface Proof {
    /** Addresses that are looked at in one mail. */
    int MOST_ADDRESSES = 50;

    /**
     * A MAC of ours.
     *
     * @param day when the mail was composed; empty when only the Message-ID came back
     */
    record Given(EventFingerprint event, Optional<LocalDate> day) implements Proof {
        /** The mail's entry in the ledger is not older than this. */
        Instant since(Instant oldest) {
            return day.map(d -> d.minusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant())
                    .filter(oldest::isBefore)
                    .orElse(oldest);
        }
    }

    /** None; or what claims to be one. */
    record Missing(boolean forged) implements Proof {}

    /** The token of the address that the mail was sent to comes first, then that of the returned mail, then its Message-ID. */
    static Proof in(BounceClues clues, EnvelopeKeys keys) {
        List<EnvelopeToken> tokens = Stream.concat(
                        clues.sentTo().stream(),
                        Stream.of(clues.returnPath(), clues.envelopeId()).flatMap(Optional::stream))
                .limit(MOST_ADDRESSES)
                .map(address -> EnvelopeToken.read(localPart(address), keys))
                .toList();
        for (EnvelopeToken token : tokens) {
            if (token instanceof EnvelopeToken.Genuine genuine) {
                return new Given(genuine.fingerprint(), Optional.of(genuine.day()));
            }
        }
        return clues.messageId()
                .flatMap(id -> EnvelopeToken.readMessageId(id, keys))
                .<Proof>map(event -> new Given(event, Optional.empty()))
                .orElseGet(() -> new Missing(tokens.stream().anyMatch(EnvelopeToken.Forged.class::isInstance)));
    }

    private static String localPart(String address) {
        String bare = address.strip().replaceAll("^<|>$", "");
        int at = bare.lastIndexOf('@');
        return at < 0 ? bare : bare.substring(0, at);
    }
}
