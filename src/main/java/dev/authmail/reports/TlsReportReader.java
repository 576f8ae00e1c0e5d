package dev.authmail.reports;

import dev.authmail.reports.TlsReport.Failure;
import dev.authmail.reports.TlsReport.PolicyResult;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the JSON of a TLS report: unknown members are passed over, missing ones empty. RFC 8460 §4.4. */
final class TlsReportReader {
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(20)
                            .maxStringLength(1 << 20)
                            .build())
                    .build())
            .build();

    private TlsReportReader() {}

    static ReportReading read(String container, byte[] octets) {
        try {
            JsonNode root = JSON.readTree(XmlText.decode(octets));
            boolean report = root.isObject() && (root.has("policies") || root.has("date-range"));
            return report
                    ? new ReportReading.Tls(container, report(root))
                    : new ReportReading.Unreadable(container, "the JSON is no TLS report: it has no policies");
        } catch (JacksonException broken) {
            return new ReportReading.Unreadable(
                    container,
                    "the JSON is broken"
                            + (broken.getLocation() == null
                                    ? ""
                                    : " in line " + broken.getLocation().getLineNr()));
        }
    }

    private static TlsReport report(JsonNode root) {
        JsonNode range = root.path("date-range");
        return new TlsReport(
                text(root, "organization-name"),
                text(root, "report-id"),
                text(range, "start-datetime"),
                text(range, "end-datetime"),
                text(root, "contact-info"),
                elements(root.path("policies")).map(TlsReportReader::policy).toList());
    }

    private static PolicyResult policy(JsonNode entry) {
        JsonNode policy = entry.path("policy");
        JsonNode summary = entry.path("summary");
        return new PolicyResult(
                text(policy, "policy-type"),
                text(policy, "policy-domain"),
                number(summary, "total-successful-session-count"),
                number(summary, "total-failure-session-count"),
                elements(entry.path("failure-details"))
                        .map(TlsReportReader::failure)
                        .toList());
    }

    private static Failure failure(JsonNode detail) {
        return new Failure(
                text(detail, "result-type"),
                number(detail, "failed-session-count"),
                text(detail, "receiving-mx-hostname"),
                text(detail, "sending-mta-ip"),
                text(detail, "failure-reason-code"));
    }

    /** The elements of an array; some write a lone object in its place. */
    private static Stream<JsonNode> elements(JsonNode node) {
        List<JsonNode> alone = List.of(node);
        return (node.isArray() ? node.values() : alone).stream().filter(JsonNode::isObject);
    }

    private static String text(JsonNode object, String name) {
        return object.path(name).asString("");
    }

    /** Some write numbers as strings. */
    private static long number(JsonNode object, String name) {
        return object.path(name).asLong(0);
    }
}
