package dev.authmail.authurl;

import dev.authmail.event.RegistrationEvent;
import dev.authmail.keys.HmacKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Makes the code of an event, which is derived and stored nowhere: attempts of one event within one window of time have
 * the same. Thread-safe.
 */
public final class OneTimeCodes {
    private final HmacKey key;
    private final Duration lifetime;
    private final Clock clock;

    /**
     * @param key makes codes; a key of their own, not one of links
     * @param lifetime how long a code is good at least, whole seconds, from a minute to a day; at most it is twice that
     * @param clock says which window of time it is
     */
    public OneTimeCodes(HmacKey key, Duration lifetime, Clock clock) {
        this.key = key;
        this.lifetime = OneTimeCodeVerifier.checkedLifetime(lifetime);
        this.clock = clock;
    }

    /** The code of a mail that is written now. */
    public OneTimeCode of(RegistrationEvent event) {
        long window = clock.instant().getEpochSecond() / lifetime.toSeconds();
        String digits = OneTimeCodeVerifier.digits(
                key.secret(),
                event.purpose(),
                window,
                event.id().fingerprint().base64url(),
                event.userId(),
                event.publishedEmail());
        return new OneTimeCode(digits, Instant.ofEpochSecond((window + 2) * lifetime.toSeconds()));
    }
}
