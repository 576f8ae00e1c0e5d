package dev.authmail.delivery;

import dev.authmail.address.MailAddress;
import dev.authmail.smtp.SmtpPhase;
import dev.authmail.smtp.SmtpReply;
import java.util.regex.Pattern;

/**
 * A kind of reply that no rule knows, without what differs between two replies of the kind.
 *
 * @param route the way it came
 * @param phase what it answered
 * @param provider who answered
 * @param code the reply code
 * @param text redacted, with {@code #} for numbers and for words that hold digits
 */
public record UnknownReply(Route route, SmtpPhase phase, Provider provider, int code, String text) {
    private static final int MAX_TEXT = 200;
    private static final Pattern NUMBERED = Pattern.compile("[^\\s\\p{Punct}\\d]*+\\d[^\\s,;:()<>\\[\\]\"']*+");

    static UnknownReply of(Route route, SmtpPhase phase, String host, SmtpReply reply, MailAddress recipient) {
        String text = NUMBERED.matcher(SmtpText.redact(reply.text(), recipient)).replaceAll("#");
        String bounded = text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) : text;
        return new UnknownReply(route, phase, Provider.of(host), reply.code(), bounded);
    }
}
