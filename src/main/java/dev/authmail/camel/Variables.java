package dev.authmail.camel;

import dev.authmail.authurl.AuthUrl;
import dev.authmail.authurl.OneTimeCode;
import dev.authmail.bounce.Bounce;
import dev.authmail.delivery.Attempt;
import dev.authmail.delivery.Conclusion;
import dev.authmail.event.EventId;
import dev.authmail.event.RegistrationEvent;
import dev.authmail.ledger.LedgerEntry;
import dev.authmail.outcome.OutcomeType;
import dev.authmail.reports.ReportReading;
import dev.authmail.returns.Verdict;
import dev.authmail.smtp.Envelope;
import dev.authmail.suppression.Suppression;
import java.time.Duration;

/** What travels beside the body from step to step. {@code routes/README.md} explains it to people who edit routes. */
final class Variables {
    /** Which event, known even when it is refused. Set by readEvent. */
    static final Variable<EventId> EVENT_ID = new Variable<>("eventId", EventId.class);

    /** Whom it concerns, known also when only the address is refused. Set by readEvent. */
    static final Variable<String> USER_ID = new Variable<>("userId", String.class);

    /** The event, checked. Set by readEvent. */
    static final Variable<RegistrationEvent> EVENT = new Variable<>("event", RegistrationEvent.class);

    /**
     * {@code registered} or {@code cancelled}, set by readEvent; {@code known} or {@code superseded}, by consultLedger;
     * {@code held}, by heedHolds.
     */
    static final Variable<String> KIND = new Variable<>("kind", String.class);

    /** How long holds have kept this mail from being sent; its limits are later by that. Set by heedHolds. */
    static final Variable<Duration> HELD_FOR = new Variable<>("heldFor", Duration.class);

    /** How many times in a row this mail is put back because of a hold. Set when it is. */
    static final Variable<Integer> HELD = new Variable<>("held", Integer.class);

    /** This attempt and what hops have answered so far. Set by readEvent, grown by decideNextStep. */
    static final Variable<Attempt> ATTEMPT = new Variable<>("attempt", Attempt.class);

    /** The signed URL. Set by signUrl. */
    static final Variable<AuthUrl> AUTH_URL = new Variable<>("authUrl", AuthUrl.class);

    /** What can be typed instead. Set by signUrl where codes are on. */
    static final Variable<OneTimeCode> ONE_TIME_CODE = new Variable<>("oneTimeCode", OneTimeCode.class);

    /** Envelope sender and recipient. Set by composeMail. */
    static final Variable<Envelope> ENVELOPE = new Variable<>("envelope", Envelope.class);

    /** The signed mail, with what hops answered; also when a step has changed the body. Set by signDkim. */
    static final Variable<SealedMimeMessage> MAIL = new Variable<>("mail", SealedMimeMessage.class);

    /** What to do next: {@code next} while hops are tried; {@code done}, {@code later}, {@code give-up} at the end. */
    static final Variable<String> DECISION = new Variable<>("decision", String.class);

    /** What follows from the attempt. Set by concludeAttempt, and for what fails before by describeFailure. */
    static final Variable<Conclusion> CONCLUSION = new Variable<>("conclusion", Conclusion.class);

    /** Whether the address is not to be mailed again. Set by concludeAttempt. */
    static final Variable<Boolean> SUPPRESS = new Variable<>("suppress", Boolean.class);

    /** The record that says so. Set by describeSuppression. */
    static final Variable<Suppression> SUPPRESSION = new Variable<>("suppression", Suppression.class);

    /** Where the retry record goes. Set by describeRetry. */
    static final Variable<String> RETRY_TOPIC = new Variable<>("retryTopic", String.class);
    /** Under which key. Set by describeSuppression. */
    static final Variable<String> SUPPRESSION_KEY = new Variable<>("suppressionKey", String.class);

    /** Where the event stands, as the ledger record says. Set by describeStanding. */
    static final Variable<LedgerEntry> STANDING = new Variable<>("standing", LedgerEntry.class);

    /** What was told in log and metrics already. Set by describeOutcome. */
    static final Variable<OutcomeType> TOLD = new Variable<>("told", OutcomeType.class);
    /** The mail that was taken from a mailbox, or what a provider reports of one. Set by takeBounce and readProviderReport. */
    static final Variable<TakenMail> TAKEN = new Variable<>("taken", TakenMail.class);

    /** What a mail that came back says. Set by readBounce and readProviderReport. */
    static final Variable<Bounce> BOUNCE = new Variable<>("bounce", Bounce.class);

    /** {@code unreadable}, set by readBounce; {@code returned}, {@code repeated}, {@code harmless}, {@code unmatched}, by matchBounce. */
    static final Variable<String> VERDICT = new Variable<>("verdict", String.class);

    /** Why a mail is put aside, in a word. Set by matchBounce. */
    static final Variable<String> DETAIL = new Variable<>("detail", String.class);

    /** Which event's mail came back. Set by matchBounce when the application is to hear it. */
    static final Variable<Verdict.Returned> RETURNED = new Variable<>("returned", Verdict.Returned.class);

    /** Whether the mail goes to the quarantine topic. Set by fileBounce. */
    static final Variable<Boolean> QUARANTINE = new Variable<>("quarantine", Boolean.class);

    /** Whether a webhook's request came from whom it says; unset when that cannot be told now. Set by the hook steps. */
    static final Variable<Boolean> GENUINE = new Variable<>("genuine", Boolean.class);

    /** How many of a request's reports are not dealt with yet. Set by the reports steps. */
    static final Variable<HookReports> HOOK_REPORTS = new Variable<>("hookReports", HookReports.class);

    /** The landing page's answer. Set by visitPage. */
    static final Variable<VisitPage.Page> PAGE = new Variable<>("page", VisitPage.Page.class);

    /** Whether this visit redeems the link. Set by visitPage. */
    static final Variable<Boolean> REDEEMED = new Variable<>("redeemed", Boolean.class);

    /** What a mapping made: {@code event}, {@code ignored}, {@code skipped}, {@code refused}. Set by the map steps. */
    static final Variable<String> MAPPED = new Variable<>("mapped", String.class);

    /** One report about our mail. Set by describeReport. */
    static final Variable<ReportReading> REPORT = new Variable<>("report", ReportReading.class);

    private Variables() {}
}
