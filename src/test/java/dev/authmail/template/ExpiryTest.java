package dev.authmail.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpiryTest {
    @ParameterizedTest(name = "{1} {2}")
    @CsvSource(delimiter = '|', textBlock = """
            2026-11-25T06:00:00Z | Asia/Tokyo    | ja    | 2026年11月25日 15:00                 | 日本標準時
            2026-11-25T06:00:00Z | UTC           | ja    | 2026年11月25日 6:00                  | 協定世界時
            2026-11-25T06:00:00Z | UTC           | en-GB | 25 November 2026(,~ at) 0?6:00        | Coordinated Universal Time
            2026-11-25T06:00:00Z | Asia/Tokyo    | en-US | November 25, 2026(,~ at) 3:00 PM      | Japan Standard Time
            2026-07-25T06:00:00Z | Europe/Berlin | en-US | July 25, 2026(,~ at) 8:00 AM          | Central European Summer Time
            2026-11-25T06:00:00Z | Europe/Berlin | de    | 25\\. November 2026(,~ um) 07:00      | Mitteleuropäische Normalzeit
            2026-11-25T06:00:00Z | +09:00        | ja    | 2026年11月25日 15:00                 | UTC+09:00
            2026-11-25T06:00:00Z | Z             | ja    | 2026年11月25日 6:00                  | UTC
            """)
    void isWrittenAsTheReaderWrites(String expires, String zone, String locale, String dateTime, String zoneName) {
        Expiry expiry = Expiry.of(Instant.parse(expires), ZoneId.of(zone), Locale.forLanguageTag(locale));

        assertThat(expiry.dateTime()).matches(dateTime.replace('~', '|'));
        assertThat(expiry.zone()).isEqualTo(zoneName);
    }
}
