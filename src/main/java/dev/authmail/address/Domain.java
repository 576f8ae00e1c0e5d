package dev.authmail.address;

import java.util.regex.Pattern;

/**
 * What stands after the @: a domain name as A-labels in lower case (RFC 5890 §2.3.2.1), without a final dot, or an
 * address literal in brackets (RFC 5321 §4.1.3).
 *
 * @param ascii the name on the wire, at most 253 octets
 */
public record Domain(String ascii) {
    static final int MAX_OCTETS = 253;
    private static final Pattern NAME = Pattern.compile("[a-z0-9._-]{1," + MAX_OCTETS + "}");
    private static final Pattern LITERAL = Pattern.compile("\\[[A-Za-z0-9.:]{1,64}]");

    /** Guards the wire: whatever is no plain name or literal is a bug of the caller, who should have parsed it. */
    public Domain {
        if (!NAME.matcher(ascii).matches() && !LITERAL.matcher(ascii).matches()) {
            throw new IllegalArgumentException("A domain is made of lower-case A-labels: parse it with Domain.parse");
        }
    }

    /**
     * Reads a domain name, internationalised or not. UTS 46 nontransitional, so that {@code faß.de} stays its owner's.
     *
     * @param text the name, without a final dot; an address literal is refused here
     */
    public static ParsedDomain parse(String text) {
        return DomainNames.parse(text);
    }

    /** Whether this is an address in brackets and no name, so that no DNS look-up leads to it. */
    public boolean isAddressLiteral() {
        return ascii.startsWith("[");
    }

    @Override
    public String toString() {
        return ascii;
    }
}
