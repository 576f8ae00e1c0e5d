package dev.authmail.doctor;

import java.util.List;

/**
 * What one check found about one thing.
 *
 * @param check the check's name, such as {@code spf}
 * @param subject what was looked at, such as an address or a domain
 * @param found what was found, a sentence without a full stop
 * @param expected what should be there; empty when all is well
 * @param providers who cares, and how
 * @param publish the lines of a zone file that mend it
 */
public record Finding(
        String check,
        Status status,
        String subject,
        String found,
        String expected,
        String providers,
        List<String> publish) {
    public Finding {
        publish = List.copyOf(publish);
    }

    /** All is well. */
    static Finding fine(String check, String subject, String found) {
        return new Finding(check, Status.FINE, subject, found, "", "", List.of());
    }

    /** The DNS or a server did not answer. */
    static Finding unknown(String check, String subject, String why) {
        return new Finding(check, Status.UNKNOWN, subject, "could not be found out: " + why, "", "", List.of());
    }
}
