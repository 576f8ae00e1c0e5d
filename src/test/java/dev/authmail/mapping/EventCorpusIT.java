package dev.authmail.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Records of other systems that others collected, and where they say the recipient stands. */
@Tag("real")
class EventCorpusIT {
    private static final Path CORPUS = Path.of("../shared/corpora");
    private static final JsonMapper JSON = new JsonMapper();

    @Test
    void everyRecordBecomesARegistrationOfItsRecipient() throws Exception {
        List<String> misses = new ArrayList<>();
        int scored = 0;
        for (Map<String, String> row : rows()) {
            String system = system(row.getOrDefault("system", ""));
            if (system.isEmpty()) {
                continue;
            }
            scored++;
            JsonNode file = JSON.readTree(Files.readString(CORPUS.resolve(row.getOrDefault("file", ""))));
            if (!(apply(system, file) instanceof Mapped.Event event)
                    || !JSON.readTree(event.json()).at("/data/email").asString().equals(recipient(row, file))) {
                misses.add(row.getOrDefault("file", ""));
            }
        }

        System.out.printf("events of other systems: %d of %d%n", scored - misses.size(), scored);
        assertThat(misses).isEmpty();
        assertThat(scored).isGreaterThanOrEqualTo(7);
    }

    private static Mapped apply(String system, JsonNode file) {
        if (!file.has("headers")) {
            return ForeignRecords.apply(system, ForeignRecords.of(null, file.toString(), Map.of()));
        }
        Map<String, String> headers = new HashMap<>();
        file.get("headers")
                .propertyStream()
                .forEach(h -> headers.put(h.getKey(), h.getValue().asString()));
        String value = file.get("value").isString()
                ? file.get("value").stringValue()
                : file.get("value").toString();
        return ForeignRecords.apply(system, ForeignRecords.of(file.path("key").asString(), value, headers));
    }

    private static String recipient(Map<String, String> row, JsonNode file) {
        String path = row.getOrDefault("recipient_path", "").replaceFirst(" .*", "");
        JsonNode from = file;
        if (row.getOrDefault("recipient_path", "").startsWith("$.value -> ")) {
            from = JSON.readTree(file.get("value").stringValue());
            path = row.getOrDefault("recipient_path", "").substring("$.value -> ".length());
        }
        return from.at(JsonPointer.compile(path.substring(1).replace('.', '/'))).asString();
    }

    private static String system(String name) {
        String first = name.toLowerCase(Locale.ROOT).replaceFirst("^ory ", "").replaceFirst("[^a-z0-9].*", "");
        return List.of("keycloak", "debezium", "auth0", "supabase", "kratos", "zitadel")
                        .contains(first)
                ? first
                : "";
    }

    private static List<Map<String, String>> rows() throws Exception {
        List<String> lines = Files.readAllLines(CORPUS.resolve("events/index.tsv"));
        String[] names = lines.getFirst().split("\t", -1);
        List<Map<String, String>> rows = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] fields = line.split("\t", -1);
            Map<String, String> row = new HashMap<>();
            for (int i = 0; i < names.length; i++) {
                row.put(names[i], fields[i]);
            }
            rows.add(row);
        }
        return rows;
    }
}
