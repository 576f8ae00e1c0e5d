package dev.authmail.command;

import dev.authmail.reports.AggregateReport;
import dev.authmail.reports.PolicyAdvice;
import dev.authmail.reports.ReportReading;
import dev.authmail.reports.SourceSummary;
import dev.authmail.reports.TlsReport;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reports as JSON. Names are the reports' own: RFC 9990 §3.1, RFC 8460 §4.3. */
final class ReportPrint {
    private static final JsonMapper JSON = new JsonMapper();
    private static final List<String> POLICY =
            List.of("p", "sp", "np", "pct", "adkim", "aspf", "fo", "testing", "discovery_method");

    private ReportPrint() {}

    static ObjectNode line(ReportReading reading, String file, boolean rows) {
        ObjectNode line = JSON.createObjectNode().put("file", file);
        return switch (reading) {
            case ReportReading.Aggregate aggregate -> {
                line.put("type", "dmarc-aggregate").put("container", aggregate.container());
                yield aggregate(aggregate.report(), line, rows);
            }
            case ReportReading.Tls tls -> {
                line.put("type", "tls-rpt").put("container", tls.container());
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

    static ObjectNode line(PolicyAdvice advice) {
        return JSON.createObjectNode()
                .put("type", "policy-advice")
                .put("domain", advice.domain())
                .put("p", advice.policy())
                .put("next", advice.next().orElse(null))
                .put("because", advice.because());
    }

    static ObjectNode line(SourceSummary source) {
        ObjectNode line = JSON.createObjectNode()
                .put("header_from", source.headerFrom())
                .put("source_ip", source.sourceIp())
                .put("messages", source.messages())
                .put("pass", source.pass())
                .put("dkim_pass", source.dkimPass())
                .put("spf_pass", source.spfPass());
        line.set("dispositions", JSON.valueToTree(source.dispositions()));
        line.set("authenticated", JSON.valueToTree(source.authenticated()));
        line.set("reporters", JSON.valueToTree(source.reporters()));
        return line;
    }
}
