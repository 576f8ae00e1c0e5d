package dev.authmail.roundtrip;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What was changed in a message on its way, in words. No value of a field and no line of the body is told. */
final class MessageChanges {
    /** What servers on the way write on top, and what verifying tells more of: no change of the message. */
    private static final Set<String> TRACE = Set.of(
            "received",
            "received-spf",
            "return-path",
            "delivered-to",
            "delivery-date",
            "envelope-to",
            "authentication-results",
            "dkim-signature",
            "dkim-filter",
            "dmarc-filter");

    private static final List<String> TRACE_PREFIXES = List.of("x-", "arc-", "resent-");

    private MessageChanges() {}

    /** Each a clause; none when nothing was changed but blanks, which signatures of ours do not mind. */
    static List<String> between(MessageText sent, MessageText arrived) {
        List<String> changes = new ArrayList<>();
        names(sent).forEach((key, name) -> {
            List<String> before = sent.values(key);
            List<String> after = arrived.values(key);
            if (!isTrace(key) && !after.equals(before)) {
                changes.add(name + (after.isEmpty() ? " was taken off" : " was changed"));
            }
        });
        names(arrived).forEach((key, name) -> {
            if (!isTrace(key) && sent.values(key).isEmpty()) {
                changes.add(name + " was added");
            }
        });
        if (!sent.body().equals(arrived.body())) {
            changes.add(body(sent.body(), arrived.body()));
        }
        return changes;
    }

    private static Map<String, String> names(MessageText message) {
        Map<String, String> names = new LinkedHashMap<>();
        message.fields().forEach(field -> names.putIfAbsent(field.key(), field.name()));
        return names;
    }

    private static boolean isTrace(String key) {
        return TRACE.contains(key) || TRACE_PREFIXES.stream().anyMatch(key::startsWith);
    }

    private static String body(List<String> sent, List<String> arrived) {
        int least = Math.min(sent.size(), arrived.size());
        int head = 0;
        while (head < least && sent.get(head).equals(arrived.get(head))) {
            head++;
        }
        int tail = 0;
        while (tail < least - head && sent.get(sent.size() - 1 - tail).equals(arrived.get(arrived.size() - 1 - tail))) {
            tail++;
        }
        int gone = sent.size() - head - tail;
        int come = arrived.size() - head - tail;
        if (gone == 0) {
            return "the body got " + lines(come) + (tail == 0 ? " at its end" : " after line " + head);
        }
        return come == 0
                ? "the body lost " + lines(gone) + " after line " + head
                : "the body is another in " + lines(gone) + " of " + sent.size() + ", from line " + (head + 1) + " on";
    }

    private static String lines(int count) {
        return count == 1 ? "1 line" : count + " lines";
    }
}
