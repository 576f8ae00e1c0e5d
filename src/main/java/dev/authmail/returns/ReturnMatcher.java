package dev.authmail.returns;

import dev.authmail.address.MailAddress;
import dev.authmail.address.ParsedAddress;
import dev.authmail.bounce.Bounce;
import dev.authmail.bounce.BounceKind;
import dev.authmail.bounce.DeliveryAction;
import dev.authmail.bounce.ReportedRecipient;
import dev.authmail.delivery.Reason;
import dev.authmail.envelope.EnvelopeKeys;
import dev.authmail.event.EventFingerprint;
import dev.authmail.ledger.LedgerEntry;
import dev.authmail.ledger.LedgerSearch;
import dev.authmail.suppression.Suppressions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Decides what follows from a mail that came back. Only a MAC of ours, in an address or a Message-ID, proves anything. */
public final class ReturnMatcher {
    // RFC 5965 §7.3; opt-out is of the time before it. What is "other" or a virus is not the recipient's word.
    private static final Set<String> COMPLAINTS = Set.of("abuse", "fraud", "opt-out", "complaint");

    private final EnvelopeKeys keys;
    private final Ledger ledger;
    private final Suppressions suppressions;
    private final Duration retention;
    private final Clock clock;

    /** Tells where an event stands. */
    @FunctionalInterface
    public interface Ledger {
        /**
         * The newest entry of an event that was written at that moment or later. May throw {@code KafkaException}.
         */
        Optional<LedgerSearch.Found> find(EventFingerprint event, Instant since);
    }

    /**
     * @param keys of envelope senders and Message-IDs
     * @param ledger tells user, key and keyed address hash of an event
     * @param suppressions make an address a keyed hash
     * @param retention how far back the ledger reaches; an older token has expired
     * @param clock tells what day it is
     */
    public ReturnMatcher(EnvelopeKeys keys, Ledger ledger, Suppressions suppressions, Duration retention, Clock clock) {
        this.keys = keys;
        this.ledger = ledger;
        this.suppressions = suppressions;
        this.retention = retention;
        this.clock = clock;
    }

    /** What follows. Throws {@code KafkaException} when the ledger cannot be asked; then nothing has been decided. */
    public Verdict decide(Bounce mail) {
        return switch (mail.kind()) {
            case AUTOREPLY -> new Verdict.Harmless(Verdict.Kind.AUTOREPLY);
            case DELIVERED -> new Verdict.Harmless(Verdict.Kind.DELIVERED);
            case NOT_BOUNCE -> new Verdict.Unmatched(Verdict.Why.NO_REPORT);
            case ARF ->
                isComplaint(mail) ? match(mail, Reason.COMPLAINED) : new Verdict.Harmless(Verdict.Kind.FEEDBACK);
            case BOUNCE -> bounce(mail);
        };
    }

    private static boolean isComplaint(Bounce mail) {
        return mail.clues().feedbackType().map(COMPLAINTS::contains).orElse(true);
    }

    private Verdict bounce(Bounce mail) {
        if (mail.recipients().isEmpty()) {
            return new Verdict.Unmatched(Verdict.Why.UNCLEAR);
        }
        boolean lost = mail.recipients().stream().anyMatch(r -> r.action() == DeliveryAction.FAILED);
        return lost ? match(mail, Reason.BOUNCED) : new Verdict.Harmless(Verdict.Kind.DELAYED);
    }

    private Verdict match(Bounce mail, Reason reason) {
        return switch (Proof.in(mail.clues(), keys)) {
            case Proof.Missing missing ->
                new Verdict.Unmatched(missing.forged() ? Verdict.Why.FORGED : Verdict.Why.NO_TOKEN);
            case Proof.Given given when isExpired(given) -> new Verdict.Unmatched(Verdict.Why.EXPIRED);
            case Proof.Given given ->
                ledger.find(given.event(), given.since(clock.instant().minus(retention)))
                        .<Verdict>map(found -> of(found, mail, reason))
                        .orElseGet(() -> new Verdict.Unmatched(Verdict.Why.UNKNOWN_EVENT));
        };
    }

    private boolean isExpired(Proof.Given given) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        return given.day()
                .filter(day -> day.isAfter(today.plusDays(1)) || day.isBefore(today.minusDays(retention.toDays() + 1)))
                .isPresent();
    }

    private Verdict of(LedgerSearch.Found found, Bounce mail, Reason reason) {
        LedgerEntry entry = found.entry();
        String before = entry.returned();
        if (reason.code().equals(before) || Reason.COMPLAINED.code().equals(before)) {
            return new Verdict.Repeated(found.event());
        }
        Optional<ReportedRecipient> recipient = recipient(mail, entry);
        if (reason == Reason.BOUNCED
                && recipient.filter(r -> r.action() != DeliveryAction.FAILED).isPresent()) {
            return new Verdict.Harmless(Verdict.Kind.DELIVERED); // ours is there; another one's is lost
        }
        return new Verdict.Returned(found.event(), entry, reason, recipient, suppressed(mail, entry, recipient));
    }

    /** Whom the report names as ours; who stands for a forwarder's list is as good as nobody else is named. */
    private Optional<ReportedRecipient> recipient(Bounce mail, LedgerEntry entry) {
        List<ReportedRecipient> all = mail.recipients();
        return all.stream()
                .filter(r -> isOurs(r, entry))
                .findFirst()
                .or(() -> all.stream()
                        .filter(r -> r.action() == DeliveryAction.FAILED)
                        .findFirst())
                .or(() -> all.stream().findFirst());
    }

    /**
     * The address of the ledger, never the one in the report: a forwarder names another. Where several are lost and none is
     * ours, it is a list that was mailed through our address, and that is well.
     */
    private Optional<String> suppressed(Bounce mail, LedgerEntry entry, Optional<ReportedRecipient> recipient) {
        boolean wanted = mail.kind() == BounceKind.ARF
                || recipient
                        .filter(ReportedRecipient::suppress)
                        .filter(r -> mail.recipients().size() == 1 || isOurs(r, entry))
                        .isPresent();
        return Optional.ofNullable(entry.address()).filter(address -> wanted);
    }

    private boolean isOurs(ReportedRecipient reported, LedgerEntry entry) {
        return entry.address() != null
                && (hashesTo(reported.recipient(), entry.address())
                        || reported.original()
                                .filter(address -> hashesTo(address, Objects.requireNonNull(entry.address())))
                                .isPresent());
    }

    private boolean hashesTo(String address, String hash) {
        return parsed(address).filter(a -> suppressions.keys(a).contains(hash)).isPresent();
    }

    private static Optional<MailAddress> parsed(String address) {
        return MailAddress.parse(address) instanceof ParsedAddress.Valid valid
                ? Optional.of(valid.address())
                : Optional.empty();
    }
}
