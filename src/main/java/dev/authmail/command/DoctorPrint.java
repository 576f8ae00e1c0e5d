package dev.authmail.command;

import dev.authmail.doctor.Finding;
import dev.authmail.doctor.ScoreCard;
import dev.authmail.doctor.Status;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What the doctor found, for a terminal and for programs. */
final class DoctorPrint {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Map<Status, String> MARKS = Map.of(
            Status.FINE,
            "ok     ",
            Status.ADVICE,
            "advice ",
            Status.UNKNOWN,
            "unknown",
            Status.WARNING,
            "warning",
            Status.FAILURE,
            "FAILURE");
    private static final Map<Status, Integer> COLOURS =
            Map.of(Status.FINE, 32, Status.ADVICE, 36, Status.UNKNOWN, 35, Status.WARNING, 33, Status.FAILURE, 31);

    private final boolean colour;

    /** @param colour whether the terminal shows colours */
    DoctorPrint(boolean colour) {
        this.colour = colour;
    }

    /** A report to read, in the order of the checks. */
    List<String> text(String subject, List<Finding> findings) {
        List<String> lines = new ArrayList<>(List.of(subject, ""));
        findings.forEach(finding -> lines.addAll(lines(finding)));
        lines.add("");
        lines.addAll(scores(findings));
        lines.add("");
        lines.add(summary(findings));
        return lines;
    }

    private List<String> lines(Finding finding) {
        List<String> lines = new ArrayList<>();
        lines.add(mark(finding.status()) + "  " + finding.check() + "  " + finding.subject() + ": " + finding.found());
        if (!finding.expected().isEmpty()) {
            lines.add("           wanted: " + finding.expected());
        }
        if (!finding.providers().isEmpty()) {
            lines.add("           who cares: " + finding.providers());
        }
        finding.publish().forEach(record -> lines.add("           publish: " + record));
        return lines;
    }

    private String mark(Status status) {
        String word = MARKS.getOrDefault(status, "");
        return colour ? "\u001b[" + COLOURS.get(status) + "m" + word + "\u001b[0m" : word;
    }

    private List<String> scores(List<Finding> findings) {
        Map<String, List<String>> byProvider = new LinkedHashMap<>();
        ScoreCard.of(findings)
                .forEach(score -> byProvider
                        .computeIfAbsent(score.provider(), p -> new ArrayList<>())
                        .add(score.demand() + ": " + score.status().word()));
        List<String> lines = new ArrayList<>(List.of("What providers demand in public:"));
        byProvider.forEach((provider, demands) -> lines.add("  " + provider + " – " + String.join("; ", demands)));
        return lines;
    }

    private static String summary(List<Finding> findings) {
        List<String> counts = new ArrayList<>();
        for (Status status : Status.values()) {
            long count = findings.stream().filter(f -> f.status() == status).count();
            if (count > 0) {
                counts.add(count + " " + status.word());
            }
        }
        return String.join(", ", counts);
    }

    /** One JSON object. */
    static ObjectNode json(String subject, List<Finding> findings, String time) {
        ObjectNode root = JSON.createObjectNode().put("domain", subject).put("time", time);
        root.put("status", worst(findings).word());
        ArrayNode all = root.putArray("findings");
        for (Finding finding : findings) {
            ObjectNode node = all.addObject()
                    .put("check", finding.check())
                    .put("status", finding.status().word())
                    .put("subject", finding.subject())
                    .put("found", finding.found())
                    .put("expected", finding.expected())
                    .put("providers", finding.providers());
            finding.publish().forEach(node.putArray("publish")::add);
        }
        ArrayNode scores = root.putArray("scores");
        ScoreCard.of(findings)
                .forEach(score -> scores.addObject()
                        .put("provider", score.provider())
                        .put("demand", score.demand())
                        .put("status", score.status().word()));
        return root;
    }

    static Status worst(List<Finding> findings) {
        return findings.stream().map(Finding::status).max(Status::compareTo).orElse(Status.UNKNOWN);
    }
}
