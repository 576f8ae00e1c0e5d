package dev.authmail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No test is switched off, depends on the machine it meets, or sleeps where it could await. */
class NoSkippedTestsTest {
    /** In every file: annotations that switch off, and assumptions. Written so that this file has none of them. */
    private static final Pattern SKIPPED = Pattern.compile("@" + "(?:\\w+\\.)*(?:Disabled|Enabled|Ignore)\\w*\\b"
            + "|\\bAssum" + "ptions\\b" + "|\\bassum" + "(?:e(?:True|That|False|NoException|NotNull)|ingThat)\\b");
    /** In tests alone: the test kit plays slow servers. */
    private static final Pattern SLEEPING = Pattern.compile("\\bThread\\." + "sleep\\b");

    @Test
    void noTestIsSkippedAndNoneSleeps() throws IOException {
        List<String> findings = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".java")).sorted().toList()) {
                findings.addAll(findings(file.toString(), Files.readString(file)));
            }
        }
        assertThat(findings).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@~Disabled",
                "    @~Disabled(\"flaky\")",
                "@~org.junit.jupiter.api.Disabled",
                "@~Ignore",
                "@~EnabledIf(\"linux\")",
                "@~DisabledIf(\"ci\")",
                "@~EnabledOnOs(OS.LINUX)",
                "@~DisabledOnJre(JRE.JAVA_21)",
                "@~EnabledIfEnvironmentVariable(named = \"CI\", matches = \"1\")",
                "import org.junit.jupiter.api.Assum~ptions;",
                "assum~eTrue(there);",
                "assum~eFalse(gone);",
                "assum~eThat(program).exists();",
                "assum~ingThat(there, () -> {});",
                "Thread.~sleep(100);"
            })
    void whatSkipsOrSleepsIsFoundAtItsLine(String line) {
        String text = "class ATest {\n" + line.replace("~", "") + "\n}\n";

        assertThat(findings("ATest.java", text)).singleElement().asString().startsWith("ATest.java:2: ");
        assertThat(findings("AnIT.java", text)).singleElement().asString().startsWith("AnIT.java:2: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"// Disabled by default", "assertTrue(enabled);", "@EnableKafka", "int sleep = 1;"})
    void whatOnlyLooksLikeItIsNot(String line) {
        assertThat(findings("ATest.java", line)).isEmpty();
    }

    @Test
    void theTestKitMaySleep() {
        assertThat(findings("SlowServer.java", "Thread." + "sleep(100);")).isEmpty();
    }

    private static List<String> findings(String file, String text) {
        boolean test = file.endsWith("Test.java") || file.endsWith("IT.java");
        List<String> lines = text.lines().toList();
        List<String> findings = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (SKIPPED.matcher(line).find() || (test && SLEEPING.matcher(line).find())) {
                findings.add(file + ":" + (i + 1) + ": " + line.strip());
            }
        }
        return findings;
    }
}
