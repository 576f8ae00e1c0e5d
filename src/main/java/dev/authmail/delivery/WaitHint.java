package dev.authmail.delivery;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long a server asks to wait: "try again in 5 minutes", "please retry in 00:04:59", "greylisted for 300 seconds". */
final class WaitHint {
    /** Nobody asks for longer who wants to have the mail; what a stranger writes must not hold it back for a day. */
    static final Duration LONGEST = Duration.ofHours(1);

    private static final String REQUEST =
            "(?:\\b(?:try|retry|resend|send|come|back|again|wait|delay(?:ed)?|deferr?(?:ed)?|resume|remaining)\\b"
                    + "|gr[ea]y-?list\\w*)[^.;:0-9]{0,40}?";
    private static final String UNIT = "(s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?)\\b";
    private static final Pattern WORDS =
            Pattern.compile(REQUEST + "\\b(\\d{1,6})[ -]?" + UNIT, Pattern.CASE_INSENSITIVE);
    private static final Pattern CLOCK =
            Pattern.compile(REQUEST + "\\b(\\d{1,2}):([0-5]\\d):([0-5]\\d)\\b", Pattern.CASE_INSENSITIVE);

    private WaitHint() {}

    /** The wait that a text asks for, one second to one hour. */
    static Optional<Duration> in(String text) {
        Matcher clock = CLOCK.matcher(text);
        if (clock.find()) {
            return clamped(number(clock, 1) * 3600 + number(clock, 2) * 60 + number(clock, 3));
        }
        Matcher words = WORDS.matcher(text);
        return words.find() ? clamped(number(words, 1) * seconds(words.group(2))) : Optional.empty();
    }

    private static long number(Matcher matcher, int group) {
        return Long.parseLong(matcher.group(group));
    }

    private static long seconds(String unit) {
        return switch (unit.toLowerCase(Locale.ROOT).charAt(0)) {
            case 'h' -> 3600;
            case 'm' -> 60;
            default -> 1;
        };
    }

    private static Optional<Duration> clamped(long seconds) {
        return seconds <= 0
                ? Optional.empty()
                : Optional.of(Duration.ofSeconds(Math.min(seconds, LONGEST.toSeconds())));
    }
}
