package dev.authmail.command;

import dev.authmail.reports.PolicyAdvice;
import dev.authmail.reports.ReportJson;
import dev.authmail.reports.ReportReading;
import dev.authmail.reports.SourceSummary;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What {@code authmail reports} prints. */
final class ReportPrint {
    private static final JsonMapper JSON = new JsonMapper();

    private ReportPrint() {}

    static ObjectNode line(ReportReading reading, String file, boolean rows) {
        return ReportJson.put(reading, JSON.createObjectNode().put("file", file), rows);
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
