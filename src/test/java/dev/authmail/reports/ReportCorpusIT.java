package dev.authmail.reports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Reports that others collected, and what stands in them. */
@Tag("real")
class ReportCorpusIT {
    private static final Path ROOT = Path.of("../shared/corpora");
    private static final ReportReader READER = new ReportReader(UnpackLimits.defaults());

    @Test
    void everyAggregateReport() throws IOException {
        List<String> wrong = new ArrayList<>();
        List<Map<String, String>> rows = rows("dmarc-aggregate");
        for (Map<String, String> row : rows) {
            ReportReading reading = only(row.getOrDefault("file", ""));
            if (!(reading instanceof ReportReading.Aggregate(String container, AggregateReport report))) {
                wrong.add(row.get("file") + ": " + reading);
                continue;
            }
            compare(row, told(container, report), wrong);
        }
        System.out.printf("dmarc-aggregate: %d reports, differing: %s%n", rows.size(), wrong);
        assertThat(wrong).isEmpty();
        assertThat(rows).hasSizeGreaterThanOrEqualTo(25);
    }

    @Test
    void everyTlsReport() throws IOException {
        List<String> wrong = new ArrayList<>();
        List<Map<String, String>> rows = rows("tls-rpt");
        for (Map<String, String> row : rows) {
            ReportReading reading = only(row.getOrDefault("file", ""));
            if (!(reading instanceof ReportReading.Tls(String container, TlsReport report))) {
                wrong.add(row.get("file") + ": " + reading);
                continue;
            }
            compare(row, told(container, report), wrong);
        }
        System.out.printf("tls-rpt: %d reports, differing: %s%n", rows.size(), wrong);
        assertThat(wrong).isEmpty();
        assertThat(rows).hasSizeGreaterThanOrEqualTo(10);
    }

    private static ReportReading only(String file) throws IOException {
        List<ReportReading> readings = READER.read(Files.readAllBytes(ROOT.resolve(file)));
        assertThat(readings).as(file).hasSize(1);
        return readings.getFirst();
    }

    private static void compare(Map<String, String> row, Map<String, String> told, List<String> wrong) {
        told.forEach((name, value) -> {
            if (!value.equals(row.get(name))) {
                wrong.add(row.get("file") + " " + name + ": " + row.get(name) + " but " + value);
            }
        });
    }

    private static Map<String, String> told(String container, AggregateReport report) {
        Map<String, String> told = new LinkedHashMap<>();
        told.put("container", container);
        told.put("namespace", report.namespace());
        told.put("org_name", report.reporter());
        told.put("report_id", report.reportId());
        told.put("domain", report.domain());
        Stream.of("p", "sp", "pct", "adkim", "aspf")
                .forEach(tag -> told.put(tag, report.policy().getOrDefault(tag, "")));
        told.put("begin", text(report.begin()));
        told.put("end", text(report.end()));
        told.put("records", report.rows().size() + "");
        told.put("messages", report.messages() + "");
        told.put("dkim_pass", report.dkimPass() + "");
        told.put("spf_pass", report.spfPass() + "");
        told.put(
                "dispositions",
                report.dispositions().entrySet().stream()
                        .map(e -> e.getKey() + "=" + e.getValue())
                        .collect(Collectors.joining("|")));
        return told;
    }

    private static String text(OptionalLong seconds) {
        return seconds.isPresent() ? Long.toString(seconds.getAsLong()) : "";
    }

    private static Map<String, String> told(String container, TlsReport report) {
        Map<String, String> told = new LinkedHashMap<>();
        told.put("container", container);
        told.put("organization", report.organization());
        told.put("report_id", report.reportId());
        told.put("start", report.start());
        told.put("end", report.end());
        told.put("contact", report.contact());
        told.put("policies", report.policies().size() + "");
        told.put("policy_types", joined(report.policies().stream().map(TlsReport.PolicyResult::type)));
        told.put("policy_domains", joined(report.policies().stream().map(TlsReport.PolicyResult::domain)));
        told.put("success", report.success() + "");
        told.put("failure", report.failure() + "");
        told.put("failure_details", report.failures().size() + "");
        told.put(
                "result_types",
                joined(report.failures().stream()
                        .map(TlsReport.Failure::type)
                        .sorted()
                        .distinct()));
        return told;
    }

    private static String joined(Stream<String> words) {
        return words.collect(Collectors.joining("|"));
    }

    private static List<Map<String, String>> rows(String corpus) throws IOException {
        List<String> lines = Files.readAllLines(ROOT.resolve(corpus + "/expectations.tsv"));
        String[] names = lines.getFirst().split("\t", -1);
        List<Map<String, String>> rows = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split("\t", -1);
            Map<String, String> row = new LinkedHashMap<>();
            for (int i = 0; i < names.length; i++) {
                row.put(names[i], cells[i]);
            }
            rows.add(row);
        }
        return rows;
    }
}
