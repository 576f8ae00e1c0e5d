package dev.authmail.smtp;

import dev.authmail.smtp.Transaction.Failure;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One line of a reply. RFC 5321 §4.2.
 *
 * @param code 200 to 599
 * @param isLast whether no further line follows
 * @param text what stands after the code, control characters replaced
 */
record ReplyLine(int code, boolean isLast, String text) {
    // A code alone on its line is against §4.2.1, which asks clients to take it all the same.
    private static final Pattern FORM = Pattern.compile("([2-5]\\d\\d)(?:([ -])(.*))?", Pattern.DOTALL);

    // Control, format, line and paragraph separators: they could rewrite a log line or a terminal.
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");

    /** Reads a line without its end. */
    static ReplyLine parse(String line) {
        Matcher m = FORM.matcher(line);
        if (!m.matches()) {
            throw new BrokenConversation(Failure.PROTOCOL, "what came is not an SMTP reply");
        }
        String text = m.group(3) == null ? "" : m.group(3);
        return new ReplyLine(
                Integer.parseInt(m.group(1)),
                !"-".equals(m.group(2)),
                UNPRINTABLE.matcher(text).replaceAll("\uFFFD"));
    }
}
