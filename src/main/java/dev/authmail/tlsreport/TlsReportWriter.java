package dev.authmail.tlsreport;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes the JSON of reports. RFC 8460 §4.4. */
final class TlsReportWriter {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Reporter reporter;
    private final SecureRandom random;

    TlsReportWriter(Reporter reporter, SecureRandom random) {
        this.reporter = reporter;
        this.random = random;
    }

    TlsReportFile write(DomainDay seen) {
        String id = id(seen.day());
        return new TlsReportFile(id, seen.day(), seen.domain(), gzip(JSON.writeValueAsBytes(report(id, seen))));
    }

    /** Replicas that report of the same domain and day tell of different sessions, and so have different ids. */
    private String id(LocalDate day) {
        byte[] unique = new byte[12];
        random.nextBytes(unique);
        return day + "." + HexFormat.of().formatHex(unique) + "@" + reporter.submitter();
    }

    private ObjectNode report(String id, DomainDay seen) {
        ObjectNode report = JSON.createObjectNode();
        report.put("organization-name", reporter.organization());
        report.putObject("date-range")
                .put("start-datetime", seen.day() + "T00:00:00Z")
                .put("end-datetime", seen.day() + "T23:59:59Z");
        report.put("contact-info", reporter.contact());
        report.put("report-id", id);
        ArrayNode policies = report.putArray("policies");
        seen.policies().forEach((policy, counts) -> add(policies.addObject(), seen.domain(), policy, counts));
        return report;
    }

    private static void add(ObjectNode entry, String domain, AppliedPolicy applied, PolicyCounts counts) {
        ObjectNode policy = entry.putObject("policy");
        policy.put("policy-type", applied.type().code());
        if (!applied.lines().isEmpty()) {
            applied.lines().forEach(policy.putArray("policy-string")::add);
        }
        policy.put("policy-domain", domain);
        if (!applied.hosts().isEmpty()) {
            applied.hosts().forEach(policy.putArray("mx-host")::add);
        }
        entry.putObject("summary")
                .put("total-successful-session-count", counts.successes())
                .put("total-failure-session-count", counts.failed());
        if (!counts.failures().isEmpty()) {
            ArrayNode details = entry.putArray("failure-details");
            counts.failures().forEach((kind, count) -> add(details.addObject(), kind, count));
        }
    }

    private static void add(ObjectNode detail, PolicyCounts.Kind kind, long count) {
        detail.put("result-type", kind.type().code());
        detail.put("receiving-mx-hostname", kind.host());
        if (!kind.address().isEmpty()) {
            detail.put("receiving-ip", kind.address());
        }
        detail.put("failed-session-count", count);
    }

    private static byte[] gzip(byte[] json) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
