package dev.authmail.smtp;

import java.util.List;
import java.util.Optional;

/**
 * One reply of an SMTP server. RFC 5321 §4.2.
 *
 * @param code 200 to 599
 * @param lines the text of each line, without code and separator; what a stranger wrote, so hostile
 */
public record SmtpReply(int code, List<String> lines) {
    public SmtpReply {
        lines = List.copyOf(lines);
    }

    /** 2yz. RFC 5321 §4.2.1. */
    public boolean isPositive() {
        return code >= 200 && code < 300;
    }

    /** 4yz: the command may succeed if tried again. RFC 5321 §4.2.1. */
    public boolean isTransient() {
        return code >= 400 && code < 500;
    }

    /** 5yz: the command will not succeed in the same form. RFC 5321 §4.2.1. */
    public boolean isPermanent() {
        return code >= 500 && code < 600;
    }

    /** The enhanced code that the first line begins with. RFC 2034 §3. */
    public Optional<EnhancedStatusCode> enhanced() {
        return lines.isEmpty() ? Optional.empty() : EnhancedStatusCode.atStartOf(lines.get(0));
    }

    /** All lines joined by a space, enhanced codes included. */
    public String text() {
        return String.join(" ", lines);
    }
}
