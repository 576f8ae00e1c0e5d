package dev.authmail.command;

import dev.authmail.trace.Moment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The story of an event: one line a moment and what is known below it, or JSON Lines. */
final class TracePrint {
    private static final JsonMapper JSON = new JsonMapper();
    /** What a server said is one sentence. */
    private static final List<String> SAID =
            List.of("route", "nextHop", "smtpCommand", "smtpReply", "smtpStatus", "smtpText");

    private TracePrint() {}

    static List<String> text(List<Moment> story) {
        List<String> lines = new ArrayList<>();
        for (Moment moment : story) {
            lines.add("%s  %-11s %s".formatted(moment.at(), moment.what(), moment.record()));
            Map<String, String> facts = new LinkedHashMap<>(moment.facts());
            String said = SAID.stream()
                    .map(facts::remove)
                    .filter(word -> word != null)
                    .collect(Collectors.joining(" "));
            String detail = facts.remove("detail");
            add(
                    lines,
                    facts.entrySet().stream()
                            .map(f -> f.getKey() + "=" + f.getValue())
                            .collect(Collectors.joining(" ")));
            add(lines, said);
            add(lines, detail == null ? "" : detail);
        }
        return lines;
    }

    private static void add(List<String> lines, String text) {
        if (!text.isEmpty()) {
            lines.add("    " + text);
        }
    }

    static List<String> json(List<Moment> story) {
        return story.stream().map(TracePrint::line).toList();
    }

    private static String line(Moment moment) {
        ObjectNode node = JSON.createObjectNode()
                .put("at", moment.at().toString())
                .put("what", moment.what())
                .put("record", moment.record());
        moment.facts().forEach(node::put);
        return JSON.writeValueAsString(node);
    }
}
