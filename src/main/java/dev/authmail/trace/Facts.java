package dev.authmail.trace;

import dev.authmail.delivery.SmtpText;
import dev.authmail.event.SourceRecord;
import dev.authmail.outcome.ReportHeaders;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Takes from records what may be shown: by name, of a sensible size, texts of servers redacted once more. */
final class Facts {
    private static final int MOST_CHARS = 300;
    private static final Set<String> TEXTS = Set.of("detail", "smtpText");
    private static final Set<String> OF_OUTCOMES = Set.of(
            "source",
            "attempt",
            "reason",
            "fault",
            "detail",
            "userState",
            "route",
            "nextHop",
            "smtpCommand",
            "smtpReply",
            "smtpStatus",
            "smtpText",
            "tlsVersion",
            "tlsPolicy",
            "tlsVerified",
            "tlsFailure",
            "elapsedMillis");

    /** Headers, with the names that the same things have in outcomes. */
    private static final Map<String, String> OF_HEADERS = Map.ofEntries(
            Map.entry(ReportHeaders.SOURCE, "source"),
            Map.entry(ReportHeaders.ATTEMPTS, "attempt"),
            Map.entry(ReportHeaders.REASON, "reason"),
            Map.entry(ReportHeaders.FAULT, "fault"),
            Map.entry(ReportHeaders.DETAIL, "detail"),
            Map.entry(ReportHeaders.NOT_BEFORE, "notBefore"),
            Map.entry(ReportHeaders.PINNED_HOP, "pinnedHop"),
            Map.entry(ReportHeaders.HELD, "held"),
            Map.entry(ReportHeaders.REPLAY, "replay"));

    private Facts() {}

    static Map<String, String> ofOutcome(JsonNode data) {
        Map<String, String> facts = new LinkedHashMap<>();
        data.properties().forEach(field -> {
            if (OF_OUTCOMES.contains(field.getKey()) && field.getValue().isValueNode()) {
                put(facts, field.getKey(), field.getValue().asString());
            }
        });
        return facts;
    }

    static Map<String, String> ofHeaders(SourceRecord record) {
        Map<String, String> facts = new LinkedHashMap<>();
        OF_HEADERS.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(header -> put(facts, header.getValue(), record.header(header.getKey())));
        return facts;
    }

    private static void put(Map<String, String> facts, String name, @Nullable String value) {
        if (value == null || value.isEmpty()) {
            return;
        }
        if (TEXTS.contains(name)) {
            facts.put(name, SmtpText.redact(value));
        } else if (value.length() <= MOST_CHARS && value.chars().noneMatch(Character::isISOControl)) {
            facts.put(name, value);
        }
    }
}
