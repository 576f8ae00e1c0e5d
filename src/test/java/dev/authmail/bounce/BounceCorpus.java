package dev.authmail.bounce;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Mails that others collected, with what they say about them. */
final class BounceCorpus {
    private static final Path ROOT = Path.of("../shared/corpora");

    /**
     * One expected result.
     *
     * @param recipient lower case, empty when nobody said
     * @param status the expected status, empty when it is not to be scored
     * @param tiers the accepted tiers, empty when they are not to be scored
     */
    record Expected(String recipient, String status, Set<String> tiers) {}

    /**
     * One mail.
     *
     * @param corpus who collected it
     * @param kind the expected kind, empty when nobody said
     * @param results what is expected of its recipients
     */
    record Mail(String name, Path file, String corpus, String kind, List<Expected> results) {
        Set<String> recipients() {
            return results.stream()
                    .map(Expected::recipient)
                    .filter(r -> !r.isEmpty())
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private BounceCorpus() {}

    static List<Mail> mails() throws IOException {
        Map<String, List<Row>> byFile = new LinkedHashMap<>();
        for (Row row : rows(ROOT.resolve("bounce/expectations.tsv"))) {
            byFile.computeIfAbsent(row.get("file"), f -> new ArrayList<>()).add(row);
        }
        List<Mail> mails = new ArrayList<>();
        byFile.forEach((file, rows) -> mails.add(mail(file, rows)));
        for (Row row : rows(ROOT.resolve("arf/expectations.tsv"))) {
            if (row.get("file").startsWith("arf/")) {
                mails.add(feedback(row));
            }
        }
        return mails;
    }

    private static Mail mail(String file, List<Row> rows) {
        Row first = rows.getFirst();
        return new Mail(
                file,
                ROOT.resolve("bounce").resolve(file),
                first.get("corpus"),
                first.get("kind").equals("unlabelled") ? "" : first.get("kind"),
                rows.stream().map(BounceCorpus::expected).toList());
    }

    private static Expected expected(Row row) {
        String tiers = row.get("tier_accept");
        return new Expected(
                row.get("recipient").toLowerCase(Locale.ROOT),
                row.get("status_literal").equals("y") ? row.get("status") : "",
                tiers.isEmpty() || tiers.equals("*") ? Set.of() : Set.of(tiers.split("\\|")));
    }

    private static Mail feedback(Row row) {
        List<Expected> results = Arrays.stream(row.get("original_rcpt_to").split("\\|"))
                .filter(r -> !r.isEmpty())
                .map(r -> new Expected(r.toLowerCase(Locale.ROOT), "", Set.of("feedback")))
                .toList();
        return new Mail(row.get("file"), ROOT.resolve(row.get("file")), "arf", "arf", results);
    }

    /** A line of a table with a header. */
    private record Row(List<String> names, List<String> values) {
        String get(String name) {
            int column = names.indexOf(name);
            return column >= 0 && column < values.size() ? values.get(column) : "";
        }
    }

    private static List<Row> rows(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        List<String> names = List.of(lines.getFirst().split("\t", -1));
        return lines.stream()
                .skip(1)
                .map(line -> new Row(names, List.of(line.split("\t", -1))))
                .toList();
    }
}
