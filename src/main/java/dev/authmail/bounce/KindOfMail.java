package dev.authmail.bounce;

import dev.authmail.bounce.BounceRules.Mark;
import dev.authmail.mime.HeaderFields;
import java.util.List;
import java.util.Locale;

/** Says what a mail that came back is. What machines wrote for machines decides before words do. */
final class KindOfMail {
    private final BounceRules rules;
    private final MailFacts facts;
    private final String text;

    KindOfMail(BounceRules rules, MailFacts facts) {
        this.rules = rules;
        this.facts = facts;
        this.text = facts.subject() + "\n" + facts.notice().words();
    }

    BounceKind decide() {
        if (facts.feedback().isPresent() || rules.isIn(Mark.COMPLAINT_TEXT, marks())) {
            return BounceKind.ARF;
        }
        if (facts.status().isPresent()) {
            return ofReport(facts.status().get());
        }
        if (facts.read().isPresent()) {
            return ofReceipt(facts.read().get());
        }
        return facts.service().map(ServiceNotice::kind).orElseGet(this::ofWords);
    }

    private static BounceKind ofReport(DeliveryStatus report) {
        List<DeliveryAction> actions = report.recipients().stream()
                .flatMap(r -> r.first("Action").flatMap(DeliveryAction::parse).stream())
                .toList();
        boolean allWell = !actions.isEmpty() && actions.stream().allMatch(DeliveryAction::isSuccess);
        return allWell && actions.size() == report.recipients().size() ? BounceKind.DELIVERED : BounceKind.BOUNCE;
    }

    /** A receipt tells that it was shown, or that a person's program refused it. RFC 8098 §3.2.6. */
    private BounceKind ofReceipt(HeaderFields receipt) {
        String disposition = receipt.first("Disposition").orElse("").toLowerCase(Locale.ROOT);
        boolean failed = disposition.matches(".*\\b(failed|denied)\\b.*") || rules.isIn(Mark.REPORT_TEXT, text);
        return failed ? BounceKind.BOUNCE : BounceKind.DELIVERED;
    }

    private BounceKind ofWords() {
        if (facts.fields().has("X-Failed-Recipients")) {
            return BounceKind.BOUNCE;
        }
        boolean named = facts.senders().stream().anyMatch(s -> rules.isIn(Mark.REPORT_SENDER, s));
        boolean sender = named || facts.nullSender();
        boolean subject = rules.isIn(Mark.REPORT_SUBJECT, facts.subject());
        boolean words = rules.isIn(Mark.REPORT_TEXT, text);
        if (!subject && rules.isIn(Mark.CHALLENGE_TEXT, facts.notice().words())) {
            return BounceKind.NOT_BOUNCE;
        }
        // Vacation notes have no envelope sender either, and may say that nobody reads the mail.
        boolean report = words && (named || subject || facts.nullSender() && !isCalledAutoreply());
        if (isAutoreply() && !report) {
            return BounceKind.AUTOREPLY;
        }
        if (words && (sender || isAboutAMail(subject)) || sender && subject) {
            return rules.isIn(Mark.DELIVERED_TEXT, text) ? BounceKind.DELIVERED : BounceKind.BOUNCE;
        }
        if (rules.isIn(Mark.RECEIPT_TEXT, text) || sender && rules.isIn(Mark.DELIVERED_TEXT, text)) {
            return BounceKind.DELIVERED;
        }
        return !named && isAnswer() ? BounceKind.AUTOREPLY : BounceKind.NOT_BOUNCE;
    }

    /** Where no machine is the sender: people, parcel services and mailing lists say the same words of other things. */
    private boolean isAboutAMail(boolean subject) {
        if (facts.fields().has("List-Id") || facts.fields().has("List-Unsubscribe")) {
            return false;
        }
        boolean alone = facts.fields().all().isEmpty();
        return alone || names() || subject && !facts.returned().fields().all().isEmpty();
    }

    private boolean isCalledAutoreply() {
        return rules.isIn(Mark.AUTOREPLY_SUBJECT, facts.subject());
    }

    /** RFC 3834 §5. */
    private boolean isAnswer() {
        return facts.fields()
                .word("Auto-Submitted")
                .filter("auto-replied"::equals)
                .isPresent();
    }

    private boolean isAutoreply() {
        return isCalledAutoreply()
                || facts.fields().all().stream()
                        .anyMatch(f -> rules.isIn(Mark.AUTOREPLY_FIELD, f.name() + ": " + f.value()))
                || rules.isIn(Mark.AUTOREPLY_TEXT, text);
    }

    private boolean names() {
        return !new NoticeReader(rules, facts.notice(), facts.own(), facts.senderDomain())
                .read()
                .isEmpty();
    }

    static boolean isDelayed(BounceRules rules, MailFacts facts) {
        String text = facts.subject() + "\n" + facts.notice().words();
        return rules.isIn(Mark.DELAYED_TEXT, text) && !rules.isIn(Mark.FAILED_TEXT, text);
    }

    private String marks() {
        return String.join("\n", facts.senders()) + "\n" + text;
    }
}
