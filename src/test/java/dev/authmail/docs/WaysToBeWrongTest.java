package dev.authmail.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.doctor.WaysToBeWrong;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The guide says what was proven against DNS servers, and nothing else. */
class WaysToBeWrongTest {
    @Test
    void theGuideHasTheTableOfTheTest() throws Exception {
        assertThat(Files.readString(Path.of("docs/deliverability.md")))
                .contains(String.join("\n", WaysToBeWrong.rows()));
    }
}
