package dev.authmail.psl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The test cases of the public suffix list's own project. */
@Tag("real")
class PublicSuffixCorpusIT {
    @Test
    void everyRow() throws IOException {
        List<String> wrong = new ArrayList<>();
        List<String> rows = Files.readAllLines(Path.of("../shared/corpora/psl/psl-tests.tsv"));
        for (String row : rows.subList(1, rows.size())) {
            String[] cells = row.split("\t", -1);
            String registered = PublicSuffixes.registrable(cells[0]).orElse("");
            if (!registered.equals(cells[2])) {
                wrong.add(row + " but " + registered);
            }
        }
        System.out.printf(
                "psl: %d of %d as the list's project says%n", rows.size() - 1 - wrong.size(), rows.size() - 1);
        assertThat(wrong).isEmpty();
        assertThat(rows).hasSizeGreaterThan(10);
    }
}
