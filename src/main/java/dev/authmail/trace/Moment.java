package dev.authmail.trace;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One thing that happened to an event.
 *
 * @param at when, by the record's timestamp
 * @param what {@code received}, {@code waits}, {@code dead-letter}, {@code stands}, or the word of an outcome:
 *     {@code accepted}, {@code deferred}, {@code failed}, {@code bounced} …
 * @param record where it stands, {@code topic-partition@offset}
 * @param facts what is known of it, by the names that outcomes have; without addresses and links, in a fixed order
 */
public record Moment(Instant at, String what, String record, Map<String, String> facts) {
    public Moment {
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    }
}
