package dev.authmail.lint;

import java.nio.charset.Charset;
import java.util.Base64;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Encoded words where they may stand, and whole. RFC 2047 §2, §5. */
final class EncodedWordRules {
    private static final Pattern BEGINNING = Pattern.compile("=\\?[A-Za-z0-9_-]+(?:\\*[A-Za-z0-9-]+)?\\?[A-Za-z]\\?");
    private static final Pattern WORD =
            Pattern.compile("=\\?([A-Za-z0-9_.:+-]+)(?:\\*[A-Za-z0-9-]+)?\\?([BbQq])\\?([!->@-~]+)\\?=");
    private static final int MAX_WORD = 75;
    private static final Set<String> NEVER = Set.of(
            "message-id",
            "date",
            "mime-version",
            "content-type",
            "content-transfer-encoding",
            "references",
            "in-reply-to",
            "dkim-signature",
            "received",
            "return-path");
    private static final Set<String> ADDRESSES = Set.of("from", "to", "cc", "bcc", "sender", "reply-to");
    private static final String MEND = "see RFC 2047 §5";

    private EncodedWordRules() {}

    static void check(RawMail mail, Findings findings) {
        for (RawMail.Field field : mail.fields()) {
            Matcher beginning = BEGINNING.matcher(field.value());
            while (beginning.find()) {
                check(field, beginning.start(), findings);
            }
        }
    }

    private static void check(RawMail.Field field, int at, Findings findings) {
        String where = " in the field " + field.name();
        Matcher word = WORD.matcher(field.value()).region(at, field.value().length());
        if (!word.lookingAt()) {
            findings.add(LintRule.ENCODED_WORD, "a broken encoded word" + where, MEND);
            return;
        }
        findings.addWhen(
                word.group().length() > MAX_WORD,
                LintRule.ENCODED_WORD,
                "an encoded word of more than " + MAX_WORD + " characters" + where,
                "split it");
        findings.addWhen(
                !isDecodable(word), LintRule.ENCODED_WORD, "an encoded word that cannot be decoded" + where, MEND);
        findings.addWhen(
                isMisplaced(field, word.start(), word.end()),
                LintRule.ENCODED_WORD,
                "an encoded word where none may stand" + where,
                MEND);
    }

    private static boolean isDecodable(Matcher word) {
        try {
            Charset.forName(word.group(1));
            return word.group(2).equalsIgnoreCase("q")
                    ? word.group(3).matches("(?:[^=]|=[0-9A-Fa-f]{2})*")
                    : Base64.getDecoder().decode(word.group(3)).length > 0;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isMisplaced(RawMail.Field field, int from, int to) {
        String value = field.value();
        if (NEVER.contains(field.name())) {
            return true;
        }
        boolean apart = (from == 0 || " \t(".indexOf(value.charAt(from - 1)) >= 0)
                && (to == value.length() || " \t)<".indexOf(value.charAt(to)) >= 0);
        String before = value.substring(0, from);
        boolean quoted =
                before.replace("\\\"", "").chars().filter(c -> c == '"').count() % 2 == 1;
        boolean inAddress = before.lastIndexOf('<') > before.lastIndexOf('>');
        return !apart || ADDRESSES.contains(field.name()) && (quoted || inAddress);
    }
}
