package dev.authmail.dkim;

import dev.authmail.mail.MailMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Cases that others wrote. */
final class Corpus {
    static final Path ROOT = Path.of("../shared/corpora");
    private static final JsonMapper JSON = new JsonMapper();

    private Corpus() {}

    static JsonNode json(String file) throws IOException {
        return JSON.readTree(Files.readAllBytes(ROOT.resolve(file)));
    }

    static MailMessage mail(String file) throws IOException {
        return new MailMessage(Files.readAllBytes(ROOT.resolve(file)));
    }

    /** One row of expectations.tsv. */
    record Row(String file, String expected, String score, String zone, String now) {}

    static List<Row> expectations() throws IOException {
        List<String> lines = Files.readAllLines(ROOT.resolve("dkim/expectations.tsv"), StandardCharsets.UTF_8);
        List<String> names = List.of(lines.get(0).split("\t", -1));
        List<Row> rows = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] v = line.split("\t", -1);
            rows.add(new Row(
                    v[names.indexOf("file")],
                    v[names.indexOf("expected_norm")],
                    v[names.indexOf("score")],
                    v[names.indexOf("zone")],
                    v[names.indexOf("now")]));
        }
        return rows;
    }

    static Clock clock(String now) {
        return now.isEmpty()
                ? Clock.systemUTC()
                : Clock.fixed(Instant.ofEpochSecond(Long.parseLong(now)), ZoneOffset.UTC);
    }

    /** A zone file as keys: {@code {"name": {"txt": …}}} or {@code {"name": {"error": …}}}. */
    static PublishedKeys zone(String file) throws IOException {
        JsonNode zone = json(file);
        return name -> {
            JsonNode entry = zone.get(name);
            if (entry == null) {
                return new PublishedKeys.Answer.NotFound();
            }
            if (entry.has("txt")) {
                return new PublishedKeys.Answer.Found(List.of(entry.get("txt").asString()));
            }
            String error = entry.get("error").asString();
            return error.equals("NXDOMAIN")
                    ? new PublishedKeys.Answer.NotFound()
                    : new PublishedKeys.Answer.Unavailable(error);
        };
    }
}
