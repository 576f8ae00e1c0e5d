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
        Map<String, List<Map<String, String>>> byFile = new LinkedHashMap<>();
        for (Map<String, String> row : rows(ROOT.resolve("bounce/expectations.tsv"))) {
            byFile.computeIfAbsent(row.get("file"), f -> new ArrayList<>()).add(row);
        }
        List<Mail> mails = new ArrayList<>();
        byFile.forEach((file, rows) -> mails.add(mail(file, rows)));
        for (Map<String, String> row : rows(ROOT.resolve("arf/expectations.tsv"))) {
            if (row.get("file").startsWith("arf/")) {
                mails.add(feedback(row));
            }
        }
        return mails;
    }

    private static Mail mail(String file, List<Map<String, String>> rows) {
        Map<String, String> first = rows.getFirst();
        return new Mail(
                file,
                ROOT.resolve("bounce").resolve(file),
                first.get("corpus"),
                first.get("kind").equals("unlabelled") ? "" : first.get("kind"),
                rows.stream().map(BounceCorpus::expected).toList());
    }

    private static Expected expected(Map<String, String> row) {
        String tiers = row.get("tier_accept");
        return new Expected(
                row.get("recipient").toLowerCase(Locale.ROOT),
                row.get("status_literal").equals("y") ? row.get("status") : "",
                tiers.isEmpty() || tiers.equals("*") ? Set.of() : Set.of(tiers.split("\\|")));
    }

    private static Mail feedback(Map<String, String> row) {
        List<Expected> results = Arrays.stream(row.get("original_rcpt_to").split("\\|"))
                .filter(r -> !r.isEmpty())
                .map(r -> new Expected(r.toLowerCase(Locale.ROOT), "", Set.of("feedback")))
                .toList();
        return new Mail(row.get("file"), ROOT.resolve(row.get("file")), "arf", "arf", results);
    }

    private static List<Map<String, String>> rows(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        String[] names = lines.getFirst().split("\t", -1);
        List<Map<String, String>> rows = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] values = line.split("\t", -1);
            Map<String, String> row = new LinkedHashMap<>();
            for (int i = 0; i < names.length; i++) {
                row.put(names[i], i < values.length ? values[i] : "");
            }
            rows.add(row);
        }
        return rows;
    }
}
