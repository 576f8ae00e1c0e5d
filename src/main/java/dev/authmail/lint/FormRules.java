package dev.authmail.lint;

import java.util.List;

/** The form of the message: lines, octets, sizes, how often a field may stand. RFC 5322 §2.1, §3.6. */
final class FormRules {
    private static final List<String> ONCE = List.of(
            "from",
            "to",
            "subject",
            "date",
            "message-id",
            "reply-to",
            "sender",
            "cc",
            "bcc",
            "in-reply-to",
            "references");
    private static final int MAX_LINE = 998;
    private static final int MAX_HEADER = 12 * 1024;
    private static final int MAX_FIELDS = 100;

    private FormRules() {}

    static void check(RawMail mail, boolean smtpUtf8, Findings findings) {
        for (String name : ONCE) {
            findings.addWhen(
                    mail.all(name).size() > 1, LintRule.ONCE_EACH, "the field " + name + " stands twice", "keep one");
        }
        findings.addWhen(
                mail.headerOctets() > MAX_HEADER,
                LintRule.HEADER_SIZE,
                "the header has " + mail.headerOctets() + " octets",
                "keep it below " + MAX_HEADER);
        findings.addWhen(
                mail.fields().size() > MAX_FIELDS,
                LintRule.HEADER_SIZE,
                "the header has " + mail.fields().size() + " fields",
                "keep it below " + MAX_FIELDS);
        octets(mail, smtpUtf8, findings);
        lines(mail, findings);
    }

    private static void octets(RawMail mail, boolean smtpUtf8, Findings findings) {
        for (RawMail.Field field : mail.fields()) {
            boolean named = field.name().matches("[!-9;-~]+");
            findings.addWhen(
                    !named,
                    LintRule.HEADER_OCTETS,
                    "a line of the header is no field",
                    "write Name: value (RFC 5322 §2.2)");
            boolean beyond = field.value().chars().anyMatch(c -> c > '~' || c < ' ' && c != '\t');
            findings.addWhen(
                    named && beyond && !smtpUtf8,
                    LintRule.HEADER_OCTETS,
                    "the field " + field.name() + " holds octets that are not printable ASCII",
                    "encode it as RFC 2047 has it");
        }
    }

    private static void lines(RawMail mail, Findings findings) {
        String text = mail.text();
        findings.addWhen(
                text.replace("\r\n", "").chars().anyMatch(c -> c == '\r' || c == '\n'),
                LintRule.LINES,
                "a CR or LF stands alone",
                "end lines with CRLF (RFC 5322 §2.3)");
        findings.addWhen(
                text.lines().anyMatch(line -> line.length() > MAX_LINE),
                LintRule.LINES,
                "a line has more than " + MAX_LINE + " octets",
                "use quoted-printable or base64");
    }
}
