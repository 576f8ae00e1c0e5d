package dev.authmail.event;

import dev.authmail.address.MailAddress;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Someone signed up, or withdrew: everything that is needed to write to them, checked.
 *
 * @param id names the event over retries and replays
 * @param kind what it says
 * @param userId the application's id of the user, 1 to 256 characters
 * @param email where the mail goes
 * @param publishedEmail the address exactly as in the event; the link's {@code ah} is made from it
 * @param name how to address the person, at most 100 code points without control characters; null if not given
 * @param locale the language asked for, else the default
 * @param purpose which mail, {@code [a-z0-9-]{1,32}}
 * @param continueTo a path on the application for after the click; null if not given
 * @param addressConfirmed whether this one event passes a suppression
 * @param time the event time: deadline and superseding count from it
 */
public record RegistrationEvent(
        EventId id,
        Kind kind,
        String userId,
        MailAddress email,
        String publishedEmail,
        @Nullable String name,
        Locale locale,
        String purpose,
        @Nullable String continueTo,
        boolean addressConfirmed,
        Instant time) {

    /** What an event says. */
    public enum Kind {
        /** A mail is wanted. */
        REGISTERED,
        /** The waiting mails of the user and purpose are no longer wanted. */
        CANCELLED
    }

    /** The form for logs: nothing in it names a person. A user id can be an address, so it is left out too. */
    @Override
    public String toString() {
        return "RegistrationEvent[id=" + id + ", kind=" + kind + ", email=" + email + ", locale="
                + locale.toLanguageTag() + ", purpose=" + purpose + ", time=" + time + "]";
    }
}
