package dev.authmail.smtp;

import dev.authmail.address.MailAddress;
import dev.authmail.mail.SignedMessage;

/**
 * The commands before the message, with the parameters that the server offers. RFC 5321 §4.1.1.2, §4.1.1.3.
 *
 * @param envelope who from, who to
 * @param message what
 * @param capabilities what the server offers
 */
record EnvelopeCommands(Envelope envelope, SignedMessage message, EhloCapabilities capabilities) {

    /** MAIL with SIZE (RFC 1870), BODY (RFC 6152) and SMTPUTF8 (RFC 6531). */
    String mail() {
        return "MAIL FROM:<" + path(envelope.reversePath()) + ">" + size() + body() + utf8() + "\r\n";
    }

    String rcpt() {
        return "RCPT TO:<" + path(envelope.forwardPath()) + ">\r\n";
    }

    String data() {
        return "DATA\r\n";
    }

    /** All of them. RFC 2920 §3.1: DATA may stand at the end of a group. */
    String group() {
        return mail() + rcpt() + data();
    }

    /** MAIL, RCPT, and the command that the whole message follows at once. RFC 3030 §2, §4.2. */
    String groupWithChunk(int octets) {
        return mail() + rcpt() + "BDAT " + octets + " LAST\r\n";
    }

    private String size() {
        return capabilities.offers("SIZE") ? " SIZE=" + message.size() : "";
    }

    /** Without 8BITMIME the octets go as they are all the same: a change would break the signature. */
    private String body() {
        return capabilities.offers("8BITMIME") && DataEncoder.holds8Bit(message) ? " BODY=8BITMIME" : "";
    }

    private String utf8() {
        return envelope.needsSmtpUtf8() ? " SMTPUTF8" : "";
    }

    private static String path(MailAddress address) {
        String path = address.wire();
        if (path.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("an address with a control character would be a second command");
        }
        return path;
    }
}
