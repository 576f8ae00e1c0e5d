package dev.authmail.demo;

import dev.authmail.testkit.Outcome;
import java.util.Locale;

/** One outcome as one line that a person reads. */
final class OutcomeLine {
    private OutcomeLine() {}

    static String of(String who, Outcome outcome) {
        return String.format(Locale.ROOT, "  %-24s %-10s %s", who, outcome.type(), how(outcome));
    }

    private static String how(Outcome outcome) {
        String took = seconds(outcome.data("elapsedMillis"));
        if (outcome.type().equals("accepted")) {
            return String.format(
                    "%-6s %-34s %-7s %s  show \"%s\"",
                    outcome.data("route"),
                    outcome.data("nextHop"),
                    or(outcome.data("tlsVersion"), "no TLS"),
                    took,
                    outcome.data("userState"));
        }
        String reason = or(outcome.data("reason"), "tried again");
        return reason + ", fault " + or(outcome.data("fault"), "none") + took(took) + "  show \""
                + or(outcome.data("userState"), "nothing") + "\": " + outcome.data("detail");
    }

    private static String took(String seconds) {
        return seconds.isEmpty() ? "" : "  " + seconds;
    }

    private static String seconds(String millis) {
        return millis == null || millis.isEmpty()
                ? ""
                : String.format(Locale.ROOT, "%.1f s", Long.parseLong(millis) / 1000.0);
    }

    private static String or(String value, String otherwise) {
        return value == null || value.isEmpty() ? otherwise : value;
    }
}
