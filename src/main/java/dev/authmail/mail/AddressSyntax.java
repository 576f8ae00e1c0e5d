package dev.authmail.mail;

import dev.authmail.address.Domain;
import dev.authmail.address.MailAddress;
import java.util.regex.Pattern;

/**
 * The last door before an address becomes a header line. Addresses are valid when they come here; whoever made one that
 * is not must not thereby write a header field of his own.
 */
final class AddressSyntax {
    private static final Pattern DOMAIN = Pattern.compile("[A-Za-z0-9-]{1,63}(?:\\.[A-Za-z0-9-]{1,63})*");
    private static final Pattern LITERAL = Pattern.compile("\\[[A-Za-z0-9.:-]{1,64}]");
    // RFC 5322 §3.4.1, as widened by RFC 6532 §3.2; no blanks or specials outside quotes, no controls anywhere.
    private static final Pattern DOT_ATOM =
            Pattern.compile("[^\\x00-\\x20\\x7F-\\x9F()<>\\[\\]:;@\\\\,\".\\p{Z}\\p{Cs}]+"
                    + "(?:\\.[^\\x00-\\x20\\x7F-\\x9F()<>\\[\\]:;@\\\\,\".\\p{Z}\\p{Cs}]+)*");
    private static final Pattern QUOTED =
            Pattern.compile("\"(?:[^\\x00-\\x1F\\x7F-\\x9F\"\\\\\\p{Zl}\\p{Zp}\\p{Cs}]|\\\\[\\x20-\\x7E])*\"");
    private static final int MAX_LOCAL_PART = 64 * 2;

    private AddressSyntax() {}

    static void check(MailAddress address) {
        String local = address.localPart();
        boolean valid = local.length() <= MAX_LOCAL_PART
                && (DOT_ATOM.matcher(local).matches() || QUOTED.matcher(local).matches());
        if (!valid) {
            throw new IllegalArgumentException("The local part of " + address + " cannot stand in a header");
        }
        check(address.domain());
    }

    static void check(Domain domain) {
        String name = domain.ascii();
        if (name.length() > 253
                || !(DOMAIN.matcher(name).matches() || LITERAL.matcher(name).matches())) {
            throw new IllegalArgumentException("A domain in a header must be a name of A-labels or an address literal");
        }
    }
}
