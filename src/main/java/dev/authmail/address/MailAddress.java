package dev.authmail.address;

/**
 * One mailbox, RFC 5321 §4.1.2 as widened by RFC 6531 §3.3.
 *
 * @param localPart the local part as it goes on the wire (quoted where it must be), NFC, at most 64 octets
 * @param domain the domain
 */
public record MailAddress(String localPart, Domain domain) {
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
