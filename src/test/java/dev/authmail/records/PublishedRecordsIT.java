package dev.authmail.records;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Records of every type that others wrote and judged. */
@Tag("real")
class PublishedRecordsIT {
    private static final Path CORPUS = Path.of("../shared/corpora/records/records.tsv");

    @Test
    void everyRecordIsJudgedAlike() throws IOException {
        JsonMapper json = new JsonMapper();
        List<String> rows = Files.readAllLines(CORPUS);
        List<String> wrong = new ArrayList<>();
        for (String row : rows.subList(1, rows.size())) {
            String[] cells = row.split("\t", -1);
            CheckedRecord checked = type(cells[0], cells[3]).check(json.readValue(cells[1], String.class));
            if (checked.isValid() != cells[2].equals("y")) {
                wrong.add(row + "\n    but " + checked.problems());
            }
        }
        System.out.printf("records: %d of %d as the corpus says%n", rows.size() - 1 - wrong.size(), rows.size() - 1);
        assertThat(wrong).isEmpty();
        assertThat(rows).hasSizeGreaterThan(70);
    }

    /** The rows on signatures say in their comment whether the mail may hold UTF-8. */
    private static RecordType type(String kind, String comment) {
        return comment.contains("smtputf8=false")
                ? RecordType.DKIM_SIGNATURE_ASCII
                : RecordType.of(kind).orElseThrow();
    }
}
