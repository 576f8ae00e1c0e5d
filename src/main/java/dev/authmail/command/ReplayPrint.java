package dev.authmail.command;

import dev.authmail.command.ServiceSettings.TopicNames;
import dev.authmail.delivery.Reason;
import dev.authmail.replay.Hindrance;
import dev.authmail.replay.ReplayPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What a replay will do or has done, as text or as JSON. Of recipients only domains. */
final class ReplayPrint {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int MOST_DOMAINS = 20;

    private final TopicNames topics;
    private final int rate;
    private final boolean executed;

    /**
     * @param rate records a second
     * @param executed whether it was done
     */
    ReplayPrint(TopicNames topics, int rate, boolean executed) {
        this.topics = topics;
        this.rate = rate;
        this.executed = executed;
    }

    List<String> text(ReplayPlan plan, int written) {
        List<String> lines = new ArrayList<>();
        lines.add("Dead letters in " + topics.deadLetter() + ": " + plan.read() + ", selected: " + plan.selected());
        lines.add("To replay: " + plan.size());
        if (plan.size() > 0) {
            lines.add("  by reason: " + list(byCode(plan), Integer.MAX_VALUE));
            lines.add("  by recipient domain: " + list(plan.byDomain(), MOST_DOMAINS));
        }
        int hindered =
                plan.hindered().values().stream().mapToInt(Integer::intValue).sum();
        lines.add("Not to replay: " + hindered);
        plan.hindered().forEach((why, count) -> lines.add("  " + count + " " + why.words()));
        if (plan.byReason().keySet().stream().anyMatch(Hindrance.SAME_END::contains)) {
            lines.add(
                    "Warning: what is invalid, suppressed or superseded ends the same way again, unless the service or"
                            + " its settings changed.");
        }
        lines.add(end(plan, written));
        return lines;
    }

    private String end(ReplayPlan plan, int written) {
        if (executed) {
            return "Replayed: " + written + ", to " + topics.retry().getFirst();
        }
        return plan.size() == 0
                ? "Nothing was written."
                : "Nothing was written. --execute replays them at " + rate + " a second, in about "
                        + Durations.text(
                                Duration.ofSeconds(plan.size() / rate + 1).toMillis()) + ".";
    }

    private static String list(Map<String, Integer> counts, int most) {
        String shown = counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(most)
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
        return counts.size() > most ? shown + ", and " + (counts.size() - most) + " more domains" : shown;
    }

    private static Map<String, Integer> byCode(ReplayPlan plan) {
        return plan.byReason().entrySet().stream()
                .collect(Collectors.toMap(entry -> entry.getKey().code(), Map.Entry::getValue));
    }

    List<String> json(ReplayPlan plan, int written) {
        ObjectNode json = JSON.createObjectNode()
                .put("deadLetters", plan.read())
                .put("selected", plan.selected())
                .put("toReplay", plan.size())
                .put("replayed", written);
        ObjectNode reasons = json.putObject("byReason");
        for (Map.Entry<Reason, Integer> entry : plan.byReason().entrySet()) {
            reasons.put(entry.getKey().code(), entry.getValue());
        }
        ObjectNode domains = json.putObject("byDomain");
        plan.byDomain().forEach(domains::put);
        ObjectNode hindered = json.putObject("notToReplay");
        plan.hindered()
                .forEach((why, count) ->
                        hindered.put(why.name().toLowerCase(Locale.ROOT).replace('_', '-'), count));
        return List.of(JSON.writeValueAsString(json));
    }
}
