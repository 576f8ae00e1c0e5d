package dev.authmail.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The mails that others wrote, verified by the command, with their zones served over the network. */
@Tag("real")
class DkimCommandIT {
    private static final Path ROOT = Path.of("../shared/corpora");
    private static final JsonMapper JSON = new JsonMapper();

    @Test
    void everyCoreRowComesOutAsExpected() throws IOException {
        List<String> lines = Files.readAllLines(ROOT.resolve("dkim/expectations.tsv"));
        List<String> names = List.of(lines.get(0).split("\t", -1));
        List<String> wrong = new ArrayList<>();
        int rows = 0;
        for (String line : lines.subList(1, lines.size())) {
            String[] row = line.split("\t", -1);
            if (row[names.indexOf("score")].equals("core")) {
                rows++;
                String expected = row[names.indexOf("expected_norm")];
                Run run = verify(row[names.indexOf("file")], row[names.indexOf("zone")], row[names.indexOf("now")]);
                JsonNode result = JSON.readTree(run.out());
                if (!result.path("result").asString("").equals(expected)
                        || run.status() != (expected.equals("pass") ? 0 : 1)) {
                    wrong.add(expected + " expected: " + run);
                }
            }
        }

        assertThat(wrong).isEmpty();
        assertThat(rows).isGreaterThanOrEqualTo(30);
    }

    private static Run verify(String file, String zone, String now) throws IOException {
        try (TxtServer server = new TxtServer(records(ROOT.resolve(zone)))) {
            List<String> args = new ArrayList<>(List.of("verify", "--dns", server.hostPort()));
            if (!now.isEmpty()) {
                args.addAll(List.of("--at", now));
            }
            args.add(ROOT.resolve(file).toString());
            DkimCommand command = new DkimCommand(Clock.systemUTC(), InputStream.nullInputStream());
            return Run.of(command, args.toArray(new String[0]));
        }
    }

    private static Map<String, String> records(Path zone) throws IOException {
        Map<String, String> records = new HashMap<>();
        JSON.readTree(Files.readAllBytes(zone))
                .properties()
                .forEach(entry -> records.put(
                        entry.getKey(),
                        entry.getValue().has("txt")
                                ? entry.getValue().get("txt").asString()
                                : entry.getValue().get("error").asString()));
        return records;
    }
}
