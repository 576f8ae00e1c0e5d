package dev.authmail.returns;

import dev.authmail.bounce.ReportedRecipient;
import dev.authmail.delivery.Reason;
import dev.authmail.event.EventId;
import dev.authmail.ledger.LedgerEntry;
import java.util.Locale;
import java.util.Optional;

/** What is to be done about a mail that came back. */
public sealed interface Verdict {
    /**
     * It tells of a mail of ours that was lost, or was called spam: the application hears it.
     *
     * @param event the event whose mail it was
     * @param entry where the event stood until now
     * @param reason {@link Reason#BOUNCED} or {@link Reason#COMPLAINED}
     * @param recipient whom it names; empty for a complaint that names nobody
     * @param suppressed the key under which the address gets no more mail; empty when it goes on getting mail
     */
    record Returned(
            EventId event,
            LedgerEntry entry,
            Reason reason,
            Optional<ReportedRecipient> recipient,
            Optional<String> suppressed)
            implements Verdict {}

    /** It was told before. */
    record Repeated(EventId event) implements Verdict {}

    /** Nothing is lost, or it is no report at all. */
    record Harmless(Kind kind) implements Verdict {}

    /** It tells of a loss and cannot be matched to an event: it changes nothing and is kept. */
    record Unmatched(Why why) implements Verdict {}

    /** What needs no answer. */
    enum Kind {
        /** A vacation note and the like. RFC 3834. */
        AUTOREPLY,
        /** It was delivered, or read. */
        DELIVERED,
        /** It is still tried. */
        DELAYED,
        /** A feedback report that is no complaint. RFC 6591, RFC 6430. */
        FEEDBACK;

        /** The word in metrics and log lines. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Why a mail is kept for people. */
    enum Why {
        /** It holds no token of ours. */
        NO_TOKEN("no-token"),
        /** What looks like a token was not made by a key of ours. */
        FORGED("forged"),
        /** Its token is older than what the ledger keeps. */
        EXPIRED("expired"),
        /** The ledger does not know the event, or not any more. */
        UNKNOWN_EVENT("unknown-event"),
        /** It does not say what became of whom. */
        UNCLEAR("unclear"),
        /** It is not about a mail of ours at all. */
        NO_REPORT("no-report");

        private final String code;

        Why(String code) {
            this.code = code;
        }

        /** The word in metrics, log lines and headers. */
        public String code() {
            return code;
        }
    }
}
