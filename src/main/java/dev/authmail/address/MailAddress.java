package dev.authmail.address;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * One mailbox, RFC 5321 §4.1.2 as widened by RFC 6531 §3.3.
 *
 * @param localPart the local part as it goes on the wire (quoted where it must be), NFC, at most 64 octets
 * @param domain the domain
 */
public record MailAddress(String localPart, Domain domain) {
    /** RFC 5321 §4.5.3.1.3 with erratum 1690 to RFC 3696: a path is 256 octets, two of them angle brackets. */
    private static final int MAX_OCTETS = 254;

    /** Guards the wire: no local part can end a command or carry a second one. */
    public MailAddress {
        if (LocalPart.brokenRule(localPart).isPresent()) {
            throw new IllegalArgumentException("A local part is checked before: parse it with MailAddress.parse");
        }
    }

    /**
     * Reads a mailbox, without display name, angle brackets or comments. A quoted string that needs no quotes loses
     * them.
     *
     * @param text the address as someone wrote it; nothing is trimmed
     */
    public static ParsedAddress parse(String text) {
        int at = LocalPart.end(text);
        if (at < 0) {
            return new ParsedAddress.Invalid(missingAt(text));
        }
        var local = text.substring(0, at);
        // Composed once more: NFC makes some characters of India two, and so a local part too long.
        var broken = LocalPart.brokenRule(local).or(() -> LocalPart.brokenRule(LocalPart.normalise(local)));
        if (broken.isPresent()) {
            return new ParsedAddress.Invalid(broken.get());
        }
        return switch (domain(text.substring(at + 1))) {
            case ParsedDomain.Invalid(var rule) -> new ParsedAddress.Invalid(rule);
            case ParsedDomain.Valid(var domain) -> sized(new MailAddress(LocalPart.normalise(local), domain));
        };
    }

    private static String missingAt(String text) {
        if (text.isEmpty()) {
            return "is empty";
        }
        return text.startsWith("\"") ? "has quotes that are not closed right before the @" : "has no @";
    }

    private static ParsedDomain domain(String text) {
        if (text.indexOf('@') >= 0) {
            return new ParsedDomain.Invalid("has more than one @");
        }
        return text.startsWith("[") ? AddressLiteral.parse(text) : Domain.parse(text);
    }

    private static ParsedAddress sized(MailAddress address) {
        return address.wire().getBytes(UTF_8).length > MAX_OCTETS
                ? new ParsedAddress.Invalid("is longer than 254 octets")
                : new ParsedAddress.Valid(address);
    }

    /** The address as it stands in {@code RCPT TO}, without angle brackets. */
    public String wire() {
        return localPart + "@" + domain.ascii();
    }

    /** Whether the local part holds more than ASCII, so that the way to it needs SMTPUTF8 (RFC 6531). */
    public boolean needsSmtpUtf8() {
        return !localPart.chars().allMatch(c -> c < 128);
    }

    /** The form for logs and texts: the local part is a person's and never shown. */
    @Override
    public String toString() {
        return "…@" + domain.ascii();
    }
}
