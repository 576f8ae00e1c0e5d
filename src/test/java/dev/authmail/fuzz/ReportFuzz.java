package dev.authmail.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.authmail.bounce.BounceJson;
import dev.authmail.bounce.ProviderReportReader;
import dev.authmail.delivery.ReplyRules;
import dev.authmail.event.StrictJson;
import dev.authmail.mapping.MappedReports;
import dev.authmail.mapping.ReportMapping;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** What providers post, after its signature was good: they quote strangers in it. {@code bench/fuzz report}. */
public final class ReportFuzz {
    private static final StrictJson LIMITS = new StrictJson(256 * 1024);
    private static final ProviderReportReader READER = new ProviderReportReader(ReplyRules.shipped());
    private static final List<ReportMapping> MAPPINGS =
            Stream.of("ses", "sendgrid", "postmark").map(ReportFuzz::shipped).toList();
    private static final JsonMapper JSON = new JsonMapper();

    private ReportFuzz() {}

    /** Jazzer's entry: whatever the octets are, nothing is thrown and what comes out can be written. */
    public static void fuzzerTestOneInput(byte[] body) {
        for (ReportMapping mapping : MAPPINGS) {
            if (mapping.apply(body, LIMITS) instanceof MappedReports.Of(var reports)) {
                reports.forEach(report -> {
                    var line = JSON.createObjectNode();
                    BounceJson.describe(READER.read(report.report()), line);
                    JSON.writeValueAsBytes(line);
                });
            }
        }
    }

    private static ReportMapping shipped(String provider) {
        String file = "/mappings/reports/" + provider + ".yaml";
        try (InputStream yaml = Objects.requireNonNull(ReportFuzz.class.getResourceAsStream(file))) {
            return ReportMapping.read(file, new String(yaml.readAllBytes(), UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
