package dev.authmail.delivery;

import dev.authmail.address.MailAddress;
import dev.authmail.smtp.SmtpReply;
import dev.authmail.smtp.Transaction;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The one place that says what an answer means and what is tried next. The table stands in {@code docs/delivery.md}. */
public final class Decider {
    private final ReplyClassifier classifier;
    private final Consumer<UnknownReply> unknown;

    /** @param classifier says what a reply is about */
    public Decider(ReplyClassifier classifier) {
        this(classifier, reply -> {});
    }

    /**
     * @param classifier says what a reply is about
     * @param unknown is told each deciding reply that no rule knows
     */
    public Decider(ReplyClassifier classifier, Consumer<UnknownReply> unknown) {
        this.classifier = classifier;
        this.unknown = unknown;
    }

    /**
     * What to do after a hop.
     *
     * @param route the kind of the hop
     * @param result what it returned
     * @param relays which relays there are beside it
     * @param recipient whose local part is hidden in the detail
     */
    public Decision decide(Route route, HopResult result, RelaysLeft relays, MailAddress recipient) {
        return switch (result) {
            case HopResult.Tried tried -> tried(route, tried, relays, recipient);
            case HopResult.NoServer none -> noServer(route, none, relays, recipient);
            case HopResult.Skipped skipped ->
                goOn(
                        Step.NEXT,
                        Finding.of("skipped", skipped.fault(), Scope.HOST, null).waiting(skipped.retryAfter()),
                        "not tried: " + skipped.why());
        };
    }

    /** What one server's answer is about; none when it accepted or may have. */
    @Nullable
    Finding finding(Route route, HopResult.Tried tried) {
        return switch (tried.transaction()) {
            case Transaction.Refused refused ->
                classifier.classify(route, refused.phase(), tried.server().host(), refused.reply());
            case Transaction.Failed failed -> FailureClassifier.classify(route, failed);
            case Transaction.Accepted accepted -> null;
            case Transaction.Unconfirmed unconfirmed -> null;
        };
    }

    private Decision tried(Route route, HopResult.Tried tried, RelaysLeft relays, MailAddress recipient) {
        String server = tried.server().label();
        return switch (tried.transaction()) {
            case Transaction.Accepted accepted ->
                new Decision(
                        Step.DONE,
                        null,
                        null,
                        "accepted",
                        null,
                        UserState.SENT,
                        Duration.ZERO,
                        false,
                        server + " accepted: " + SmtpText.redact(shown(accepted.reply()), recipient));
            case Transaction.Unconfirmed unconfirmed ->
                new Decision(
                        Step.UNCONFIRMED,
                        Reason.UNCONFIRMED,
                        Fault.NETWORK,
                        "unconfirmed",
                        Scope.HOST,
                        UserState.DELAYED,
                        Duration.ZERO,
                        false,
                        server + " may have taken the mail: no reply to the final dot: "
                                + SmtpText.redact(unconfirmed.detail(), recipient));
            case Transaction.Failed failed -> failed(route, server, failed, relays, recipient);
            case Transaction.Refused refused -> refused(route, tried, refused, relays, recipient);
        };
    }

    private Decision failed(
            Route route, String server, Transaction.Failed failed, RelaysLeft relays, MailAddress recipient) {
        Finding finding = FailureClassifier.classify(route, failed);
        String detail = server + ": " + FailureClassifier.sentence(failed.failure()) + " at "
                + FailureClassifier.words(failed.phase()) + ": " + SmtpText.redact(failed.detail(), recipient);
        return switch (route) {
            case RELAY -> goOn(Step.NEXT, finding, detail);
            case DIRECT ->
                FailureClassifier.isPermanent(failed.failure())
                        ? giveUp(finding, detail)
                        : goOn(nextOrLater(relays), finding, detail);
        };
    }

    private Decision refused(
            Route route, HopResult.Tried tried, Transaction.Refused refused, RelaysLeft relays, MailAddress recipient) {
        SmtpReply reply = refused.reply();
        String host = tried.server().host();
        Explanation explanation = classifier.explain(route, refused.phase(), host, reply);
        Finding finding = explanation.finding();
        if (!explanation.known()) {
            unknown.accept(UnknownReply.of(route, refused.phase(), host, reply, recipient));
        }
        String detail = tried.server().label() + " answered to " + FailureClassifier.words(refused.phase()) + ": "
                + SmtpText.redact(shown(reply), recipient);
        return refused(route, reply, finding, relays, detail);
    }

    /**
     * What to do after a refusal.
     *
     * @param route the way it came
     * @param reply the refusal, 4yz or 5yz
     * @param finding what it is about
     * @param relays which relays there are beside it
     * @param detail a sentence for operators; redacted
     */
    public static Decision refused(Route route, SmtpReply reply, Finding finding, RelaysLeft relays, String detail) {
        return switch (route) {
            case RELAY ->
                reply.isPermanent() && finding.aboutThisMail()
                        ? giveUp(finding, detail)
                        : goOn(Step.NEXT, finding, detail);
            case DIRECT -> {
                // RFC 5321 §4.2.1: the first digit decides. What is neither 4yz nor 5yz proves nothing.
                if (!reply.isPermanent() || finding.scope() == Scope.HOST) {
                    yield goOn(nextOrLater(relays), finding, detail);
                }
                yield finding.aboutThisMail() ? giveUp(finding, detail) : closed(finding, relays, detail);
            }
        };
    }

    /** 5yz about us from an MX host: a relay may still do it. */
    private static Decision closed(Finding finding, RelaysLeft relays, String detail) {
        return switch (relays) {
            case NONE -> giveUp(finding, detail);
            case TRIED -> goOn(Step.LATER, finding, detail);
            case UNTRIED -> goOn(Step.NEXT, finding, detail);
        };
    }

    private static Decision noServer(Route route, HopResult.NoServer none, RelaysLeft relays, MailAddress recipient) {
        String detail = SmtpText.redact(none.detail(), recipient);
        if (route == Route.RELAY) {
            return goOn(Step.NEXT, Finding.of("relay-no-server", Fault.RELAY, Scope.RELAY, null), detail);
        }
        return switch (none.why()) {
            case NULL_MX -> giveUp(unknownDomain("null-mx"), detail);
            case NO_SUCH_DOMAIN -> giveUp(unknownDomain("no-such-domain"), detail);
            case NO_ADDRESS -> giveUp(unknownDomain("no-address"), detail);
            case FORBIDDEN_ADDRESS ->
                giveUp(
                        Finding.of("forbidden-address", Fault.RECIPIENT, Scope.DOMAIN, UserState.ADDRESS_REFUSED),
                        detail);
            // RFC 5321 §5.1: a temporary error; a relay asks the same DNS.
            case DNS_FAILURE -> goOn(Step.LATER, Finding.of("dns-failure", Fault.NETWORK, Scope.DOMAIN, null), detail);
            // RFC 8461 §5.1, RFC 7672 §2.1.2: never by a host that may be another's; the policy or the DNS may be
            // mended.
            case NOT_IN_POLICY ->
                goOn(nextOrLater(relays), Finding.of("not-in-policy", Fault.POLICY, Scope.DOMAIN, null), detail);
            case TLSA_UNPROVEN ->
                goOn(nextOrLater(relays), Finding.of("tlsa-unproven", Fault.NETWORK, Scope.DOMAIN, null), detail);
        };
    }

    private static Finding unknownDomain(String rule) {
        return Finding.of(rule, Fault.RECIPIENT, Scope.DOMAIN, UserState.ADDRESS_UNKNOWN);
    }

    private static Step nextOrLater(RelaysLeft relays) {
        return relays == RelaysLeft.UNTRIED ? Step.NEXT : Step.LATER;
    }

    private static Decision giveUp(Finding finding, String detail) {
        return new Decision(
                Step.GIVE_UP,
                Reason.REJECTED,
                finding.fault(),
                finding.rule(),
                finding.scope(),
                finding.finalState(),
                Duration.ZERO,
                finding.suppress(),
                detail);
    }

    /** The user can do something about a full mailbox even while we try again. */
    private static Decision goOn(Step step, Finding finding, String detail) {
        UserState state = finding.userState() == UserState.MAILBOX_FULL ? UserState.MAILBOX_FULL : UserState.DELAYED;
        return new Decision(
                step, null, finding.fault(), finding.rule(), finding.scope(), state, finding.atLeast(), false, detail);
    }

    private static String shown(SmtpReply reply) {
        return reply.code() + " " + reply.text();
    }
}
