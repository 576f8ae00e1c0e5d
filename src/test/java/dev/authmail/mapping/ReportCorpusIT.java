package dev.authmail.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.event.StrictJson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What providers have posted to others who collected it. */
@Tag("real")
class ReportCorpusIT {
    private static final Path CORPUS = Path.of("../shared/corpora/provider-webhooks");
    private static final StrictJson JSON = new StrictJson(256 * 1024);

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            json-amazonses-01 | bounce [bounce@simulator.amazonses.com failed 5.1.1 recipient hard address-unknown rests]
            json-amazonses-02 | bounce [bounce@simulator.amazonses.com failed 5.1.1 recipient hard address-unknown rests]
            json-amazonses-05 | delivered [complaint@simulator.amazonses.com delivered 2.6.0 - delivered sent]
            json-sendgrid-03  | bounce [kijitora@example.com failed 5.1.1 recipient hard address-unknown rests]
            json-sendgrid-09  | bounce [kijitora@nyaan.example.jp failed 5.1.1 recipient hard address-unknown rests]
            json-sendgrid-11  | bounce [neko@neko failed - recipient hard address-unknown rests], bounce [kijitora@neko failed - recipient hard address-unknown rests], bounce [sironeko@example.invalid failed - recipient hard address-unknown rests]
            json-sendgrid-17  | arf [kijitora@mail.example.ru delivered - - feedback sent]
            """)
    void meansWhatItsCollectorsSay(String file, String meanings) throws Exception {
        assertThat(String.join(", ", ReportMappingTest.meanings(reports(CORPUS.resolve(file + ".json")))))
                .isEqualTo(meanings);
    }

    @Test
    void everyFileIsReadAndNoneIsUnknown() throws Exception {
        try (Stream<Path> files = Files.list(CORPUS)) {
            List<Path> all = files.filter(f -> f.toString().endsWith(".json")).toList();
            assertThat(all).hasSizeGreaterThanOrEqualTo(7).allSatisfy(file -> {
                assertThat(ReportMappingTest.meanings(reports(file)))
                        .isNotEmpty()
                        .noneMatch(meaning -> meaning.startsWith("not_bounce"));
            });
        }
    }

    private static List<MappedReport> reports(Path file) throws Exception {
        String provider = file.getFileName().toString().contains("amazonses") ? "ses" : "sendgrid";
        MappedReports mapped = ReportMappingTest.mapping(provider).apply(Files.readAllBytes(file), JSON);
        assertThat(mapped).isInstanceOf(MappedReports.Of.class);
        return ((MappedReports.Of) mapped).reports();
    }
}
