package dev.authmail.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.delivery.DirectHealth.Verdict;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When findings open and close the direct route. */
class DirectFitnessTest {
    /** Each look is check:status with commas; looks are apart by blanks. */
    @ParameterizedTest(name = "{2}")
    @CsvSource(delimiter = '|', textBlock = """
            spf:fine,ptr:fine                        | fit             | all is known and well
            spf:fine,dmarc:advice                    | fit             | advice is well
            spf:fine,ehlo:warning,spf:warning        | fit             | a warning is no refusal
            spf:fine,ptr:failure                     | unfit           | a failure closes
            spf:fine,ptr:unknown                     | unknown         | what was never known opens nothing
            spf:unknown,ptr:failure                  | unfit           | a failure that is known is enough
            spf:fine,relay:failure,mta-sts:failure   | fit             | what MX hosts do not look at
            spf:fine,blocklist:unknown               | fit             | a list that does not answer lists nobody
            spf:fine,blocklist:failure               | unfit           | one that does is believed
            relay:fine                               | unknown         | nothing that counts was looked at
            spf:fine spf:unknown                     | fit fit         | a DNS server that is away closes nothing
            spf:fine spf:unknown spf:failure spf:fine | fit fit unfit fit | only a failure does, and its mend opens
            spf:failure spf:unknown spf:fine         | unfit unfit fit | and opens nothing
            spf:failure,ptr:fine spf:fine,ptr:unknown | unfit unknown  | until all is known
            spf:fine spf:fine,ptr:unknown            | fit fit         | a new address that is not known yet
            spf:failure ptr:fine                     | unfit fit       | what is looked at no longer
            """)
    void theVerdictAfterEachLook(String looks, String verdicts, String reason) {
        DirectFitness fitness = new DirectFitness();

        String seen = Arrays.stream(looks.split(" +"))
                .map(look -> {
                    fitness.update(findings(look));
                    return word(fitness.verdict());
                })
                .collect(Collectors.joining(" "));

        assertThat(seen).as(reason).isEqualTo(verdicts.strip());
    }

    private static List<Finding> findings(String look) {
        return Arrays.stream(look.split(","))
                .map(f -> f.split(":"))
                .map(f -> new Finding(
                        f[0], Status.valueOf(f[1].toUpperCase(Locale.ROOT)), "example.com", "x", "", "", List.of()))
                .toList();
    }

    private static String word(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Fit fit -> "fit";
            case Verdict.Unfit unfit -> "unfit";
            case Verdict.Unknown unknown -> "unknown";
        };
    }
}
