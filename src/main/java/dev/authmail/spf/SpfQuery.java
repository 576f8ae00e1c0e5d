package dev.authmail.spf;

import dev.authmail.address.IpAddress;
import java.net.InetAddress;

/**
 * One question to {@code check_host()}. RFC 7208 §4.1.
 *
 * @param client the address that sends
 * @param identity what is checked
 * @param localPart of the sender; {@code postmaster} when there is none (§4.3)
 * @param domain of the sender; for the identity HELO the name given there
 * @param helo the name given in HELO or EHLO; may be empty
 */
public record SpfQuery(InetAddress client, Identity identity, String localPart, String domain, String helo) {
    /** Whose domain it is. §2.3, §2.4. */
    public enum Identity {
        /** The reverse-path. */
        MAIL_FROM,
        /** The name in HELO or EHLO: asked for when the reverse-path is empty, or on its own. */
        HELO
    }

    /**
     * For a reverse-path, or for HELO when that is empty. §2.4.
     *
     * @param mailFrom the reverse-path without angle brackets, or a domain alone
     * @param helo the name given in HELO or EHLO
     */
    public static SpfQuery of(InetAddress client, String mailFrom, String helo) {
        if (mailFrom.isEmpty()) {
            return new SpfQuery(client, Identity.HELO, "postmaster", helo, helo);
        }
        int at = mailFrom.lastIndexOf('@');
        String local = at <= 0 ? "postmaster" : mailFrom.substring(0, at);
        return new SpfQuery(client, Identity.MAIL_FROM, local, mailFrom.substring(at + 1), helo);
    }

    /** Without the local part: it is a person's. */
    @Override
    public String toString() {
        return "SpfQuery[" + IpAddress.text(client) + " " + identity + " " + domain + "]";
    }
}
