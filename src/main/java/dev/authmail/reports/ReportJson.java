package dev.authmail.reports;

import dev.authmail.reports.AggregateReport.AuthResult;
import dev.authmail.reports.AggregateReport.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reports as JSON, in files and on Kafka alike. Names are the reports' own: RFC 9990 §3.1, RFC 8460 §4.3. */
public final class ReportJson {
    private static final String AGGREGATE = "dmarc-aggregate";
    private static final String TLS = "tls-rpt";
    private static final JsonMapper JSON = new JsonMapper();
    private static final List<String> POLICY =
            List.of("p", "sp", "np", "pct", "adkim", "aspf", "fo", "testing", "discovery_method");

    private ReportJson() {}

    /** A name that the same report has when it comes again; empty when it names none itself. */
    public static Optional<String> identity(ReportReading reading) {
        return switch (reading) {
            case ReportReading.Aggregate(String container, AggregateReport report) ->
                identity(AGGREGATE, report.reporter(), report.reportId(), report.domain());
            case ReportReading.Tls(String container, TlsReport report) ->
                identity(
                        TLS,
                        report.organization(),
                        report.reportId(),
                        report.policies().isEmpty()
                                ? ""
                                : report.policies().getFirst().domain());
            case ReportReading.Unreadable unreadable -> Optional.empty();
        };
    }

    private static Optional<String> identity(String type, String reporter, String id, String domain) {
        return id.isBlank() ? Optional.empty() : Optional.of(String.join("/", type, reporter, id, domain));
    }

    /** The key of a report's record: its identity, or what makes the same record the same. */
    public static String key(ReportReading reading, byte[] record) {
        return identity(reading).orElseGet(() -> "unnamed/" + UUID.nameUUIDFromBytes(record));
    }

    /** The value of a report's record: the report with every row of it. */
    public static byte[] record(ReportReading reading) {
        return JSON.writeValueAsBytes(put(reading, JSON.createObjectNode(), true));
    }

    /**
     * Puts a report behind what a line holds already.
     *
     * @param rows with every row of it
     */
    public static ObjectNode put(ReportReading reading, ObjectNode line, boolean rows) {
        return switch (reading) {
            case ReportReading.Aggregate aggregate -> {
                line.put("type", AGGREGATE).put("container", aggregate.container());
                yield aggregate(aggregate.report(), line, rows);
            }
            case ReportReading.Tls tls -> {
                line.put("type", TLS).put("container", tls.container());
                yield tls(tls.report(), line, rows);
            }
            case ReportReading.Unreadable unreadable ->
                line.put("type", "unreadable")
                        .put("container", unreadable.container())
                        .put("error", unreadable.reason());
        };
    }

    private static ObjectNode aggregate(AggregateReport report, ObjectNode line, boolean rows) {
        line.put("namespace", report.namespace())
                .put("org_name", report.reporter())
                .put("email", report.metadata().getOrDefault("email", ""))
                .put("report_id", report.reportId())
                .put("domain", report.domain());
        POLICY.forEach(tag -> line.put(tag, report.policy().getOrDefault(tag, "")));
        seconds(line, "begin", report.begin());
        seconds(line, "end", report.end());
        line.put("records", report.rows().size())
                .put("messages", report.messages())
                .put("dkim_pass", report.dkimPass())
                .put("spf_pass", report.spfPass());
        line.set("dispositions", JSON.valueToTree(report.dispositions()));
        if (rows) {
            ArrayNode all = line.putArray("rows");
            report.rows().forEach(row -> all.add(row(row)));
        }
        return line;
    }

    private static void seconds(ObjectNode line, String name, OptionalLong seconds) {
        if (seconds.isPresent()) {
            line.put(name, seconds.getAsLong());
        } else {
            line.putNull(name);
        }
    }

    private static ObjectNode row(AggregateReport.Row row) {
        ObjectNode node = JSON.createObjectNode()
                .put("source_ip", row.sourceIp())
                .put("count", row.count())
                .put("disposition", row.disposition())
                .put("dkim", row.dkim())
                .put("spf", row.spf());
        node.set("reasons", JSON.valueToTree(row.overrides()));
        node.put("header_from", row.headerFrom())
                .put("envelope_from", row.envelopeFrom())
                .put("envelope_to", row.envelopeTo());
        node.set("dkim_results", results(row.dkimResults(), "selector"));
        node.set("spf_results", results(row.spfResults(), "scope"));
        return node;
    }

    private static ArrayNode results(List<AggregateReport.AuthResult> results, String detail) {
        ArrayNode nodes = JSON.createArrayNode();
        results.forEach(r -> nodes.addObject()
                .put("domain", r.domain())
                .put(detail, r.selector())
                .put("result", r.result()));
        return nodes;
    }

    private static ObjectNode tls(TlsReport report, ObjectNode line, boolean rows) {
        line.put("organization", report.organization())
                .put("report_id", report.reportId())
                .put("start", report.start())
                .put("end", report.end())
                .put("contact", report.contact())
                .put("policies", report.policies().size());
        line.set("policy_types", words(report.policies(), TlsReport.PolicyResult::type));
        line.set("policy_domains", words(report.policies(), TlsReport.PolicyResult::domain));
        line.put("success", report.success())
                .put("failure", report.failure())
                .put("failure_details", report.failures().size());
        line.set(
                "result_types",
                array(report.failures().stream()
                        .map(TlsReport.Failure::type)
                        .sorted()
                        .distinct()));
        if (rows) {
            ArrayNode all = line.putArray("rows");
            report.policies().forEach(policy -> all.add(JSON.<ObjectNode>valueToTree(policy)));
        }
        return line;
    }

    private static <T> ArrayNode words(List<T> things, Function<T, String> word) {
        return array(things.stream().map(word));
    }

    private static ArrayNode array(Stream<String> words) {
        ArrayNode array = JSON.createArrayNode();
        words.forEach(array::add);
        return array;
    }

    /** Reads a DMARC report that was written with its rows; empty when it is another. */
    static Optional<AggregateReport> aggregate(JsonNode line) {
        if (!line.path("type").asString("").equals(AGGREGATE)) {
            return Optional.empty();
        }
        Map<String, String> policy = new LinkedHashMap<>();
        POLICY.forEach(tag -> policy.put(tag, text(line, tag)));
        policy.put("domain", text(line, "domain"));
        List<Row> rows = new ArrayList<>();
        line.path("rows").forEach(row -> rows.add(row(row)));
        return Optional.of(new AggregateReport(
                text(line, "namespace"),
                Map.of("org_name", text(line, "org_name"), "report_id", text(line, "report_id")),
                seconds(line, "begin"),
                seconds(line, "end"),
                policy,
                rows));
    }

    private static Row row(JsonNode row) {
        return new Row(
                text(row, "source_ip"),
                row.path("count").asLong(0),
                text(row, "disposition"),
                text(row, "dkim"),
                text(row, "spf"),
                List.of(),
                text(row, "header_from"),
                text(row, "envelope_from"),
                text(row, "envelope_to"),
                results(row.path("dkim_results")),
                results(row.path("spf_results")));
    }

    private static List<AuthResult> results(JsonNode results) {
        List<AuthResult> read = new ArrayList<>();
        results.forEach(r -> read.add(new AuthResult(text(r, "domain"), "", text(r, "result"))));
        return read;
    }

    private static String text(JsonNode node, String name) {
        return node.path(name).asString("");
    }

    private static OptionalLong seconds(JsonNode line, String name) {
        return line.path(name).isNumber() ? OptionalLong.of(line.path(name).asLong(0)) : OptionalLong.empty();
    }
}
