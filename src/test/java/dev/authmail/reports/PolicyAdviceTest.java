package dev.authmail.reports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.reports.AggregateReport.AuthResult;
import dev.authmail.reports.AggregateReport.Row;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When reports allow a stricter policy. */
class PolicyAdviceTest {
    private static final long DAY = 86_400;

    /** Sources: address, mails that pass / that fail, and who was authenticated. */
    @ParameterizedTest(name = "p={0} after {1} days, {2}: {3}")
    @CsvSource(delimiter = '|', textBlock = """
            none       | 14 | 192.0.2.1 200/0                                    | quarantine | enough of both, and all pass
            quarantine | 14 | 192.0.2.1 200/0                                    | reject     | the next step
            reject     | 14 | 192.0.2.1 200/0                                    | -          | the end of the road
            none       | 13 | 192.0.2.1 200/0                                    | -          | a day too early
            none       | 14 | 192.0.2.1 99/0                                     | -          | a mail too few
            none       | 30 | 192.0.2.1 198/2                                    | quarantine | one in a hundred fails
            none       | 30 | 192.0.2.1 197/3                                    | -          | more than one in a hundred
            none       | 30 | 192.0.2.1 200/0, 192.0.2.2 0/10 spf:x.example.com  | -          | a server of ours that fails
            none       | 30 | 192.0.2.1 200/0, 198.51.100.1 0/5000               | quarantine | forgers are what it is for
            none       | 30 | 192.0.2.1 200/0, 198.51.100.1 0/50 dkim:other.test | quarantine | perhaps a service that was forgotten
            none       | 30 | 198.51.100.1 0/5000                                | -          | nothing but forgers says nothing of us
            """)
    void theNextStep(String policy, int days, String sources, String next, String reason) {
        PolicyAdvice advice = advice(policy, days, sources).getFirst();

        assertThat(advice.next().orElse("-")).as("%s: %s", reason, advice).isEqualTo(next);
        assertThat(advice.domain()).isEqualTo("example.com");
        assertThat(advice.policy()).isEqualTo(policy);
    }

    @Test
    void theServerToMendIsNamed() {
        assertThat(advice("none", 30, "192.0.2.1 200/0, 192.0.2.2 1/50")
                        .getFirst()
                        .because())
                .isEqualTo("reports cover 30 days and 251 mails of yours, of which 50 fail;"
                        + " mend 192.0.2.2 first: 50 of 51");
    }

    @Test
    void aStrangerWhomSomebodyAuthenticatedIsNamed() {
        assertThat(advice("none", 30, "192.0.2.1 200/0, 198.51.100.1 0/50 dkim:other.test")
                        .getFirst()
                        .because())
                .endsWith("; look whether one of these is a service of yours: 198.51.100.1 (dkim:other.test)");
    }

    @Test
    void aReportThatCameTwiceCountsOnceAndTheLastPolicyCounts() {
        SourceSummary.Collector collector = new SourceSummary.Collector();
        AggregateReport early = report("1", "none", 0, 20, rows("192.0.2.1 60/0"));
        AggregateReport late = report("2", "quarantine", 20, 30, rows("192.0.2.1 60/0"));
        List.of(late, early, early, late).forEach(collector::add);

        assertThat(collector.advice()).singleElement().satisfies(advice -> {
            assertThat(advice.policy()).isEqualTo("quarantine");
            assertThat(advice.because()).startsWith("reports cover 30 days and 120 mails");
        });
    }

    private static List<PolicyAdvice> advice(String policy, int days, String sources) {
        SourceSummary.Collector collector = new SourceSummary.Collector();
        collector.add(report("1", policy, 0, days, rows(sources)));
        return collector.advice();
    }

    private static AggregateReport report(String id, String policy, int from, int to, List<Row> rows) {
        return new AggregateReport(
                "",
                Map.of("org_name", "receiver.test", "report_id", id),
                OptionalLong.of(from * DAY),
                OptionalLong.of(to * DAY),
                Map.of("domain", "example.com", "p", policy),
                rows);
    }

    private static List<Row> rows(String sources) {
        List<Row> rows = new ArrayList<>();
        for (String source : sources.strip().split(", ")) {
            String[] words = source.split(" ");
            String[] counts = words[1].split("/");
            List<AuthResult> dkim = results(words, "dkim:");
            List<AuthResult> spf = results(words, "spf:");
            rows.add(row(words[0], Long.parseLong(counts[0]), "pass", dkim, spf));
            rows.add(row(words[0], Long.parseLong(counts[1]), "fail", dkim, spf));
        }
        return rows;
    }

    private static List<AuthResult> results(String[] words, String method) {
        return Arrays.stream(words)
                .filter(word -> word.startsWith(method))
                .map(word -> new AuthResult(word.substring(method.length()), "", "pass"))
                .toList();
    }

    private static Row row(String ip, long count, String dkim, List<AuthResult> signed, List<AuthResult> spf) {
        return new Row(
                ip, count, "none", dkim, "fail", List.of(), "example.com", "example.com", "receiver.test", signed, spf);
    }
}
