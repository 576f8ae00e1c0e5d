package dev.authmail.spf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.address.IpAddress;
import dev.authmail.dns.DnsJava;
import dev.authmail.dns.DnsSettings;
import dev.authmail.testkit.DnsServer;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The suites that others wrote, over the network: zones on a DNS server, evaluated as the command does. */
@Tag("real")
class SpfCorpusIT {
    private static final Map<String, String> DIFFERENT = Map.of(
            "default-modifier", "lax and harsh modes of pyspf; §6: an unknown modifier changes nothing",
            "ok.test.org", "three terms find nothing; mail-auth has no void limit of 2",
            "\"mx.test.org\",\"sender\":\"sender@mx", "eleven exchangers: we are strict whichever of them matches",
            "HELO identity", "mail-auth asks for HELO first; we answer for the identity asked",
            "ip6.test.org", "exists with AAAA alone; §5.7: the type is A",
            "2001:db8::cb01", "exists with AAAA alone; §5.7: the type is A");

    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            rfc7208, 80
            blitiri,  7
            """)
    void everyCaseComesOutAsExpected(String suite, int atLeast) throws IOException {
        Score score = score(suite);
        assertThat(score.wrong()).isEmpty();
        assertThat(score.cases()).isGreaterThanOrEqualTo(atLeast);
    }

    /** Not RFC 7208, so scored apart: what is named differs for its reason, all else comes out. */
    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"pyspf", "mail-auth"})
    void othersDifferForNamedReasonsAlone(String suite) throws IOException {
        List<String> unexplained = score(suite).wrong().stream()
                .filter(wrong -> DIFFERENT.keySet().stream().noneMatch(wrong::contains))
                .toList();
        assertThat(unexplained).isEmpty();
    }

    private record Score(int cases, List<String> wrong) {}

    private static Score score(String suite) throws IOException {
        List<String> wrong = new ArrayList<>();
        int cases = 0;
        for (SpfCorpus.Scenario scenario : SpfCorpus.scenarios(suite)) {
            try (DnsServer server = scenario.serve();
                    DnsJava dns = dns(server)) {
                for (SpfCorpus.Case test : scenario.cases()) {
                    cases++;
                    SpfEvaluation evaluation = evaluate(dns, test);
                    boolean explained = test.explanation().isEmpty()
                            || test.explanation()
                                    .equals(evaluation.explanation().orElse("DEFAULT"));
                    if (!test.results().contains(evaluation.result().word()) || !explained) {
                        wrong.add(test + "\n    but " + evaluation);
                    }
                }
            }
        }
        System.out.printf("spf %s: %d of %d as the suite says%n", suite, cases - wrong.size(), cases);
        return new Score(cases, wrong);
    }

    private static SpfEvaluation evaluate(DnsJava dns, SpfCorpus.Case test) {
        SpfQuery query = SpfQuery.of(IpAddress.parse(test.ip()).orElseThrow(), test.mailFrom(), test.helo());
        return new SpfEvaluator(dns, SpfSettings.defaults(), Clock.systemUTC()).evaluate(query);
    }

    private static DnsJava dns(DnsServer server) {
        return new DnsJava(new DnsSettings(
                List.of(server.address()), Duration.ofMillis(500), 1, 1000, Duration.ZERO, Duration.ZERO));
    }
}
