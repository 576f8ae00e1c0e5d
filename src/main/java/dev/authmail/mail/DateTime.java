package dev.authmail.mail;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;

/** Date and time as RFC 5322 §3.3 writes them, in UTC; the names are the RFC's, whatever the locale. */
final class DateTime {
    private static final List<String> DAYS = List.of("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun");
    private static final List<String> MONTHS =
            List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");

    private DateTime() {}

    /** Such as {@code Wed, 25 Nov 2026 06:00:00 +0000}. */
    static String of(Instant instant) {
        OffsetDateTime at = instant.atOffset(ZoneOffset.UTC);
        return DAYS.get(at.getDayOfWeek().getValue() - 1)
                + ", " + at.getDayOfMonth()
                + " " + MONTHS.get(at.getMonthValue() - 1)
                + " " + at.getYear()
                + " " + two(at.getHour()) + ":" + two(at.getMinute()) + ":" + two(at.getSecond())
                + " +0000";
    }

    private static String two(int number) {
        return number < 10 ? "0" + number : Integer.toString(number);
    }
}
