package dev.authmail.hold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuietHoursTest {
    @ParameterizedTest(name = "{0} {1} at {2}: {4}")
    @CsvSource(textBlock = """
            22:00-07:00, UTC,           2026-11-24T21:59:59Z, false, before
            22:00-07:00, UTC,           2026-11-24T22:00:00Z, true,  from is in
            22:00-07:00, UTC,           2026-11-25T00:00:00Z, true,  midnight
            22:00-07:00, UTC,           2026-11-25T06:59:59Z, true,  the last second
            22:00-07:00, UTC,           2026-11-25T07:00:00Z, false, to is out
            01:00-05:00, UTC,           2026-11-25T03:00:00Z, true,  within one day
            01:00-05:00, UTC,           2026-11-25T23:00:00Z, false, the same day later
            22:00-07:00, Asia/Tokyo,    2026-11-24T13:00:00Z, true,  22:00 in Tokyo
            22:00-07:00, Asia/Tokyo,    2026-11-24T22:00:00Z, false, 07:00 in Tokyo
            01:00-07:00, Europe/Berlin, 2026-03-29T04:30:00Z, true,  summer time: 06:30
            01:00-07:00, Europe/Berlin, 2026-03-29T05:30:00Z, false, summer time: 07:30
            """)
    void aMomentIsInThem(String hours, ZoneId zone, Instant moment, boolean quiet, String reason) {
        assertThat(QuietHours.parse(hours, zone).include(moment)).as(reason).isEqualTo(quiet);
    }

    @ParameterizedTest(name = "{0} {1} from {2} to {3}: {5}")
    @CsvSource(textBlock = """
            22:00-07:00, UTC,           2026-11-24T08:00:00Z, 2026-11-24T21:00:00Z, PT0S,   a day
            22:00-07:00, UTC,           2026-11-24T21:00:00Z, 2026-11-25T08:00:00Z, PT9H,   a night
            22:00-07:00, UTC,           2026-11-24T23:00:00Z, 2026-11-25T01:00:00Z, PT2H,   a part of one
            22:00-07:00, UTC,           2026-11-25T03:00:00Z, 2026-11-26T03:00:00Z, PT9H,   of two nights
            22:00-07:00, UTC,           2026-11-25T03:00:00Z, 2026-11-25T02:00:00Z, PT0S,   a clock that is put back
            22:00-07:00, Europe/Berlin, 2026-03-28T12:00:00Z, 2026-03-29T12:00:00Z, PT8H,   a night with an hour less
            22:00-07:00, Europe/Berlin, 2026-10-24T12:00:00Z, 2026-10-25T12:00:00Z, PT10H,  a night with an hour more
            00:00-12:00, UTC,           2020-01-01T00:00:00Z, 2026-11-25T00:00:00Z, PT372H, no more than 31 days
            """)
    void theyTakeTimeFromTheWay(
            String hours, ZoneId zone, Instant since, Instant until, Duration quiet, String reason) {
        assertThat(QuietHours.parse(hours, zone).between(since, until))
                .as(reason)
                .isEqualTo(quiet);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "22:00", "22:00-07:00-08:00", "10pm-7am", "25:00-07:00", "22:00-22:00", "1320"})
    void whatIsNoneIsRefusedWithWhatToWrite(String text) {
        assertThatThrownBy(() -> QuietHours.parse(text, ZoneId.of("UTC")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("write 22:00-07:00");
    }
}
