package dev.authmail.command;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/** A time as people type it: RFC 3339, or seconds since 1970. */
final class PointInTime {
    private PointInTime() {}

    static Optional<Instant> parse(String text) {
        try {
            return Optional.of(
                    text.matches("[0-9]{1,12}")
                            ? Instant.ofEpochSecond(Long.parseLong(text))
                            : OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
