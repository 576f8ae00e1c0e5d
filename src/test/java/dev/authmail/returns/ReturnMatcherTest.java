package dev.authmail.returns;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.address.Domain;
import dev.authmail.address.MailAddress;
import dev.authmail.address.ParsedAddress;
import dev.authmail.address.ParsedDomain;
import dev.authmail.bounce.Bounce;
import dev.authmail.bounce.BounceClues;
import dev.authmail.bounce.BounceKind;
import dev.authmail.bounce.DeliveryAction;
import dev.authmail.bounce.ReportedRecipient;
import dev.authmail.delivery.BounceTier;
import dev.authmail.delivery.Fault;
import dev.authmail.delivery.Reason;
import dev.authmail.delivery.UserState;
import dev.authmail.envelope.EnvelopeKeys;
import dev.authmail.envelope.EnvelopeSender;
import dev.authmail.event.EventFingerprint;
import dev.authmail.event.EventId;
import dev.authmail.keys.HmacKey;
import dev.authmail.ledger.LedgerEntry;
import dev.authmail.ledger.LedgerSearch;
import dev.authmail.suppression.SuppressionKeys;
import dev.authmail.suppression.Suppressions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which reports are about a mail of ours, and what follows from each. */
class ReturnMatcherTest {
    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
    private static final Duration RETENTION = Duration.ofDays(14);
    private static final EnvelopeKeys KEYS = new EnvelopeKeys(Map.of(1, new HmacKey(new byte[32])));
    private static final EnvelopeKeys STRANGE =
            new EnvelopeKeys(Map.of(1, new HmacKey("somebody else's key, of 32 octets".getBytes(UTF_8))));
    private static final Suppressions SUPPRESSIONS =
            new Suppressions(new SuppressionKeys(Map.of("2026", new HmacKey(new byte[34]))), at(NOW));
    private static final EventId EVENT = new EventId("/app|e-1");
    private static final String OURS = "hanako@good.test";

    private final Map<EventFingerprint, LedgerSearch.Found> ledger = new HashMap<>();
    private final Map<EventFingerprint, Instant> askedSince = new HashMap<>();

    @Test
    void aLossIsToldAndTheAddressRests() {
        know(null);

        Verdict.Returned returned = returned(bounce(token(NOW), failed(OURS, true)));
        assertThat(returned.event()).isEqualTo(EVENT);
        assertThat(returned.reason()).isEqualTo(Reason.BOUNCED);
        assertThat(returned.suppressed()).contains(hash(OURS));
        assertThat(askedSince.get(EVENT.fingerprint()))
                .as("a day before the mail was composed")
                .isEqualTo(Instant.parse("2026-11-24T00:00:00Z"));
    }

    @ParameterizedTest(name = "composed {0} days ago: {1}")
    @CsvSource({
        "0,   true,  today",
        "14,  true,  the ledger's last day",
        "15,  true,  it may have been written a day later",
        "16,  false, the ledger has forgotten it",
        "-1,  true,  clocks differ",
        "-2,  false, nobody composes mails in the future",
    })
    void aTokenLivesAsLongAsTheLedger(int days, boolean found, String reason) {
        know(null);

        Verdict verdict = decide(bounce(token(NOW.minus(Duration.ofDays(days))), failed(OURS, true)));
        assertThat(verdict instanceof Verdict.Returned).as(reason).isEqualTo(found);
        if (!found) {
            assertThat(verdict).isEqualTo(new Verdict.Unmatched(Verdict.Why.EXPIRED));
        }
    }

    @Test
    void whatProvesNothingChangesNothing() {
        know(null);
        String strange = sender(STRANGE, NOW).reversePath(EVENT).wire();

        assertThat(decide(bounce("no-reply@sender.test", failed(OURS, true))))
                .isEqualTo(new Verdict.Unmatched(Verdict.Why.NO_TOKEN));
        assertThat(decide(bounce(strange, failed(OURS, true)))).isEqualTo(new Verdict.Unmatched(Verdict.Why.FORGED));
        assertThat(decide(withMessageId("<" + EVENT.fingerprint().base32() + "@sender.test>")))
                .as("whoever knows an event's id can compute its fingerprint")
                .isEqualTo(new Verdict.Unmatched(Verdict.Why.NO_TOKEN));
        assertThat(decide(withMessageId("<" + sender(STRANGE, NOW).messageId(EVENT) + "@sender.test>")))
                .isEqualTo(new Verdict.Unmatched(Verdict.Why.NO_TOKEN));
    }

    @Test
    void aMessageIdWithOurMacIsProof() {
        know(null);

        assertThat(returned(withMessageId("<" + sender(KEYS, NOW).messageId(EVENT) + "@sender.test>"))
                        .event())
                .isEqualTo(EVENT);
    }

    @Test
    void anEventThatTheLedgerDoesNotKnowIsUnmatched() {
        assertThat(decide(bounce(token(NOW), failed(OURS, true))))
                .isEqualTo(new Verdict.Unmatched(Verdict.Why.UNKNOWN_EVENT));
    }

    @ParameterizedTest(name = "{0} before, {1} now: {2}")
    @CsvSource({
        ",           bounced,    Returned, the first news",
        "bounced,    bounced,    Repeated, the same news",
        "bounced,    complained, Returned, a complaint after a bounce is news",
        "complained, complained, Repeated, the same news",
        "complained, bounced,    Repeated, after a complaint nothing is worse",
    })
    void newsIsToldOnce(String before, String now, String expected, String reason) {
        know(before);
        Bounce mail = now.equals("bounced") ? bounce(token(NOW), failed(OURS, true)) : complaint(Optional.of("abuse"));

        assertThat(decide(mail).getClass().getSimpleName()).as(reason).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource({
        "abuse,        true,  its recipient called it spam",
        "opt-out,      true,  its recipient wants no more",
        "not-spam,     false, RFC 6430: its recipient took it out of the spam folder",
        "auth-failure, false, RFC 6591: it speaks of our DNS",
        "virus,        false, a filter says so and not the recipient",
    })
    void onlyAComplaintIsOne(String type, boolean complained, String reason) {
        know(null);

        assertThat(decide(complaint(Optional.of(type))) instanceof Verdict.Returned)
                .as(reason)
                .isEqualTo(complained);
    }

    @Test
    void theAddressThatRestsIsTheLedgersAndNeverTheReports() {
        know(null);

        assertThat(returned(bounce(token(NOW), failed("elsewhere@forward.test", true)))
                        .suppressed())
                .as("a forwarder names another")
                .contains(hash(OURS));
        assertThat(returned(bounce(token(NOW), failed("a@list.test", true), failed("b@list.test", true)))
                        .suppressed())
                .as("a list behind our address is no reason to give it up")
                .isEmpty();
        assertThat(returned(bounce(
                                token(NOW), failed("a@list.test", true), failed(OURS.toUpperCase(Locale.ROOT), true)))
                        .suppressed())
                .as("ours is among them")
                .contains(hash(OURS));
        assertThat(returned(bounce(token(NOW), failed(OURS, false))).suppressed())
                .as("a full mailbox suppresses nobody")
                .isEmpty();
    }

    @Test
    void whatIsNoLossIsHarmless() {
        know(null);

        assertThat(decide(bounce(token(NOW), recipient(OURS, DeliveryAction.DELAYED, false))))
                .isEqualTo(new Verdict.Harmless(Verdict.Kind.DELAYED));
        assertThat(decide(bounce(
                        token(NOW), recipient(OURS, DeliveryAction.EXPANDED, false), failed("a@list.test", true))))
                .as("ours is there; one behind it is not")
                .isEqualTo(new Verdict.Harmless(Verdict.Kind.DELIVERED));
        assertThat(decide(bounce(token(NOW)))).isEqualTo(new Verdict.Unmatched(Verdict.Why.UNCLEAR));
    }

    private void know(@Nullable String returned) {
        LedgerEntry entry =
                new LedgerEntry(LedgerEntry.State.ACCEPTED, 1, NOW, "s", NOW, "u-1", null, null, hash(OURS), returned);
        ledger.put(EVENT.fingerprint(), new LedgerSearch.Found(EVENT, entry));
    }

    private Verdict decide(Bounce mail) {
        return new ReturnMatcher(KEYS, this::find, SUPPRESSIONS, RETENTION, at(NOW)).decide(mail);
    }

    private Optional<LedgerSearch.Found> find(EventFingerprint event, Instant since) {
        askedSince.put(event, since);
        return Optional.ofNullable(ledger.get(event));
    }

    private Verdict.Returned returned(Bounce mail) {
        Verdict verdict = decide(mail);
        assertThat(verdict).isInstanceOf(Verdict.Returned.class);
        return (Verdict.Returned) verdict;
    }

    private static Bounce bounce(String sentTo, ReportedRecipient... recipients) {
        return new Bounce(
                BounceKind.BOUNCE, List.of(recipients), clues(List.of(sentTo), Optional.empty(), Optional.empty()));
    }

    private static Bounce withMessageId(String id) {
        return new Bounce(
                BounceKind.BOUNCE,
                List.of(failed(OURS, true)),
                clues(List.of("postmaster@sender.test"), Optional.of(id), Optional.empty()));
    }

    private static Bounce complaint(Optional<String> type) {
        return new Bounce(BounceKind.ARF, List.of(), clues(List.of(token(NOW)), Optional.empty(), type));
    }

    private static BounceClues clues(List<String> sentTo, Optional<String> messageId, Optional<String> type) {
        return new BounceClues(
                sentTo, Optional.empty(), messageId, Optional.empty(), type, Optional.empty(), true, true);
    }

    private static ReportedRecipient failed(String address, boolean suppress) {
        return recipient(address, DeliveryAction.FAILED, suppress);
    }

    private static ReportedRecipient recipient(String address, DeliveryAction action, boolean suppress) {
        return new ReportedRecipient(
                address,
                Optional.empty(),
                action,
                Optional.of("5.1.1"),
                OptionalInt.of(550),
                "unknown-user",
                Fault.RECIPIENT,
                BounceTier.HARD,
                UserState.ADDRESS_UNKNOWN,
                suppress,
                "550 5.1.1 no such user");
    }

    private static String token(Instant composed) {
        return sender(KEYS, composed).reversePath(EVENT).wire();
    }

    private static EnvelopeSender sender(EnvelopeKeys keys, Instant composed) {
        Domain domain = ((ParsedDomain.Valid) Domain.parse("sender.test")).domain();
        return new EnvelopeSender(domain, keys, at(composed));
    }

    private static String hash(String address) {
        MailAddress parsed = ((ParsedAddress.Valid) MailAddress.parse(address)).address();
        return SUPPRESSIONS.key(parsed).orElseThrow();
    }

    private static Clock at(Instant moment) {
        return Clock.fixed(moment, ZoneOffset.UTC);
    }
}
