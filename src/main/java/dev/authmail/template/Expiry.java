package dev.authmail.template;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;

/**
 * When the link ends, as the reader writes it.
 *
 * @param dateTime date and time, such as {@code 2026年11月25日 15:00}
 * @param zone the zone's name, such as {@code 日本標準時}
 */
record Expiry(String dateTime, String zone) {
    static Expiry of(Instant expires, ZoneId zone, Locale locale) {
        ZonedDateTime at = expires.atZone(zone);
        String dateTime = DateTimeFormatter.ofLocalizedDateTime(FormatStyle.LONG, FormatStyle.SHORT)
                .withLocale(locale)
                .format(at);
        return new Expiry(plainSpaces(dateTime), zoneName(at, locale));
    }

    private static String zoneName(ZonedDateTime at, Locale locale) {
        if (at.getZone() instanceof ZoneOffset offset) {
            return offset.equals(ZoneOffset.UTC) ? "UTC" : "UTC" + offset.getId();
        }
        return plainSpaces(DateTimeFormatter.ofPattern("zzzz", locale).format(at));
    }

    // CLDR puts a narrow no-break space before AM and PM, which many mail programs have no glyph for.
    private static String plainSpaces(String text) {
        return text.replace('\u202f', ' ').replace('\u00a0', ' ');
    }
}
