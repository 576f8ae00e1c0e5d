package dev.authmail.mail;

import dev.authmail.address.Domain;
import java.util.regex.Pattern;

/**
 * A Message-ID, {@code <left@domain>}. RFC 5322 §3.6.4.
 *
 * @param left unique for the mail, the same over its attempts: letters, digits, {@code - _ + =} and single dots between
 *     them, at most 64
 * @param domain a domain of ours
 */
public record MessageId(String left, Domain domain) {
    // A part of dot-atom-text: providers refuse the exotic rest ($ % { } …).
    private static final Pattern LEFT = Pattern.compile("[A-Za-z0-9_+=-]+(?:\\.[A-Za-z0-9_+=-]+)*");
    private static final int MAX_LEFT = 64;

    /** @throws IllegalArgumentException when it would not be a valid Message-ID */
    public MessageId {
        if (left.length() > MAX_LEFT || !LEFT.matcher(left).matches()) {
            throw new IllegalArgumentException(
                    "The left side of a Message-ID must match " + LEFT + ", at most " + MAX_LEFT);
        }
        AddressSyntax.check(domain);
    }

    /** As in the header, with angle brackets. */
    @Override
    public String toString() {
        return "<" + bare() + ">";
    }

    /** Without angle brackets. */
    String bare() {
        return left + "@" + domain.ascii();
    }
}
