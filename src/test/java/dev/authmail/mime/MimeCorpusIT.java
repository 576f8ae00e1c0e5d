package dev.authmail.mime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Broken, old and curious mails that others collected. */
@Tag("real")
class MimeCorpusIT {
    private static final Path CORPUS = Path.of("../shared/corpora");

    @Test
    void eachIsReadToItsEnd() throws IOException {
        List<String> lines = Files.readAllLines(CORPUS.resolve("mime/index.tsv"));
        int words = 0;
        for (String line : lines.subList(1, lines.size())) {
            Path file = CORPUS.resolve(line.split("\t")[0]);
            try (InputStream in = Files.newInputStream(file)) {
                MimeMessage mail = MimeReader.read(in, MimeLimits.defaults());
                assertThat(mail.complete()).as("%s is whole", file).isTrue();
                assertThat(mail.parts()).as("%s has a leaf", file).isNotEmpty();
                words += mail.parts().stream().anyMatch(p -> !p.text().isBlank()) ? 1 : 0;
            }
        }
        assertThat(lines).hasSizeGreaterThan(40);
        assertThat(words).as("all but a picture and an empty text").isEqualTo(lines.size() - 1 - 2);
    }
}
