package dev.authmail.address;

/**
 * A domain name that mail can be sent to, as A-labels in lower case (RFC 5890 §2.3.2.1), without a final dot.
 *
 * @param ascii the name on the wire, at most 253 octets
 */
public record Domain(String ascii) {
    @Override
    public String toString() {
        return ascii;
    }
}
