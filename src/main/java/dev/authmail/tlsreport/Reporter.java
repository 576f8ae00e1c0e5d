package dev.authmail.tlsreport;

import dev.authmail.address.MailAddress;

/**
 * Who reports.
 *
 * @param organization its name
 * @param contact how to reach it
 * @param from the author of reports by mail; its domain is the submitter
 */
public record Reporter(String organization, String contact, MailAddress from) {
    String submitter() {
        return from.domain().ascii();
    }
}
