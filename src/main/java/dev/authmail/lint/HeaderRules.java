package dev.authmail.lint;

import java.time.DateTimeException;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Pattern;

/** Single fields of the header. RFC 5322 §3.6, RFC 3834 §5, Google's Feedback-ID. */
final class HeaderRules {
    private static final Pattern MESSAGE_ID = Pattern.compile(
            "<[!#-'*+\\-/-9=?A-Z^-~]+(?:\\.[!#-'*+\\-/-9=?A-Z^-~]+)*@(?:[A-Za-z0-9_-]+(?:\\.[A-Za-z0-9_-]+)*|\\[[!-Z^-~]*])>");
    private static final Pattern COMMENT = Pattern.compile("\\s*\\([^()]*\\)\\s*$");
    private static final Pattern REPLY = Pattern.compile("(?i)^\\s*(?:re|fwd?|aw|wg|返信|転送)\\s*[:：].*");
    private static final Pattern FEEDBACK_ID = Pattern.compile("[^:]*:[^:]*:[^:]*:[^:\\s]{5,15}");
    private static final int MAX_SUBJECT = 150;

    private HeaderRules() {}

    static void check(RawMail mail, Findings findings) {
        date(mail.first("date"), findings);
        messageId(mail.first("message-id"), findings);
        subject(mail.first("subject"), findings);
        findings.addWhen(
                mail.fields().stream().anyMatch(f -> f.name().startsWith("list-")),
                LintRule.LIST_HEADERS,
                "there is a List- field, which makes this bulk mail",
                "remove it: a verification mail is asked for");
        findings.addWhen(
                !mail.has("auto-submitted"),
                LintRule.AUTO_SUBMITTED,
                "there is no Auto-Submitted field",
                "write Auto-Submitted: auto-generated, so that no absence notice answers");
        mail.first("feedback-id")
                .filter(id -> !FEEDBACK_ID.matcher(id).matches())
                .ifPresent(id -> findings.add(
                        LintRule.FEEDBACK_ID,
                        "Feedback-ID is not a:b:c:SenderId",
                        "use a SenderId of 5 to 15 characters"));
    }

    private static void date(Optional<String> date, Findings findings) {
        if (date.isEmpty() || !isDate(date.get())) {
            findings.add(
                    LintRule.DATE,
                    date.isEmpty() ? "there is no Date" : "Date is not as RFC 5322 §3.3 has it",
                    "write such as Mon, 24 Nov 2025 12:00:00 +0900");
        }
    }

    private static boolean isDate(String text) {
        try {
            DateTimeFormatter.RFC_1123_DATE_TIME.parse(COMMENT.matcher(text).replaceFirst(""));
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static void messageId(Optional<String> id, Findings findings) {
        if (id.isEmpty() || !MESSAGE_ID.matcher(id.get()).matches()) {
            findings.add(
                    LintRule.MESSAGE_ID,
                    id.isEmpty() ? "there is no Message-ID" : "Message-ID is not <left@domain>",
                    "write one that is unique for the mail (RFC 5322 §3.6.4)");
        }
    }

    private static void subject(Optional<String> raw, Findings findings) {
        String subject = raw.map(Mailboxes::decoded).orElse("");
        findings.addWhen(subject.isBlank(), LintRule.SUBJECT, "there is no subject", "say what the mail is for");
        findings.addWhen(
                REPLY.matcher(subject).matches(),
                LintRule.SUBJECT,
                "the subject pretends to be an answer or to be forwarded",
                "begin with what the mail is for");
        findings.addWhen(
                subject.length() > MAX_SUBJECT,
                LintRule.SUBJECT,
                "the subject has more than " + MAX_SUBJECT + " characters",
                "shorten it");
    }
}
