package dev.authmail.tlsrpt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.mtasts.ParsedStsPolicy;
import dev.authmail.mtasts.ParsedStsRecord;
import dev.authmail.mtasts.StsPolicy;
import dev.authmail.mtasts.StsRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** MTA-STS and TLS-RPT records and policies that others wrote and judged. */
@Tag("real")
class RecordCorpusIT {
    private static final Path CORPUS = Path.of("../shared/corpora/records/records.tsv");

    /** One judged text. */
    record Case(String kind, String text, boolean valid, String why) {}

    static Stream<Case> cases() throws IOException {
        JsonMapper json = JsonMapper.builder().build();
        return Files.readAllLines(CORPUS).stream()
                .skip(1)
                .map(line -> line.split("\t", -1))
                .filter(cells -> reader(cells[0]).isPresent())
                .map(cells ->
                        new Case(cells[0], json.readValue(cells[1], String.class), cells[2].equals("y"), cells[3]));
    }

    private static Optional<Predicate<String>> reader(String kind) {
        return switch (kind) {
            case "mta-sts-record" -> Optional.of(t -> StsRecord.parse(t) instanceof ParsedStsRecord.Valid);
            case "mta-sts-policy" -> Optional.of(t -> StsPolicy.parse(t) instanceof ParsedStsPolicy.Valid);
            case "tlsrpt-record" -> Optional.of(t -> TlsRptRecord.parse(t) instanceof ParsedTlsRptRecord.Valid);
            default -> Optional.empty();
        };
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isJudgedAlike(Case known) {
        assertThat(reader(known.kind()).orElseThrow().test(known.text()))
                .as("%s", known)
                .isEqualTo(known.valid());
    }
}
