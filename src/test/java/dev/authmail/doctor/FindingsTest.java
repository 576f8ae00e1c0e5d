package dev.authmail.doctor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is told of findings, and by whom. */
class FindingsTest {
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-11-25T12:00:00Z"), ZoneOffset.UTC);

    /** The state topic: what one replica writes, all learn. */
    private final List<Findings> replicas = new ArrayList<>();

    private Findings replica(String name) {
        Findings findings = new Findings(name, (key, value) -> replicas.forEach(r -> r.learn(key, value)), NOON);
        replicas.add(findings);
        return findings;
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(delimiter = '|', textBlock = """
            fine                            | -                                   | what is well is not told
            advice fine advice              | - - -                               | nor is advice
            failure                         | fine>failure                        | what is bad at the first look is
            failure failure failure         | fine>failure - -                    | once
            fine failure fine               | - fine>failure failure>fine         | a break and its mend
            failure advice                  | fine>failure failure>advice         | advice is a mend too
            failure warning failure         | fine>failure failure>warning warning>failure | the grades differ
            failure unknown failure         | fine>failure - -                    | a DNS server that was away changes nothing
            fine unknown fine               | - - -                               | nor here
            unknown fine                    | - -                                 | nor at the start
            failure unknown unknown fine    | fine>failure - - failure>fine       | it is mended when that is known
            """)
    void aChangeIsToldOnce(String looks, String told, String reason) {
        Findings findings = replica("pod-1");

        String seen = words(looks).map(word -> told(findings, word)).collect(Collectors.joining(" "));

        assertThat(seen).as(reason).isEqualTo(told);
    }

    /** Looks of replicas 1 and 2, and 3 which starts when it is first named. */
    @ParameterizedTest(name = "{2}")
    @CsvSource(delimiter = '|', textBlock = """
            1:failure 2:failure             | fine>failure -                      | who sees it second says nothing
            1:failure 2:fine 1:failure 2:fine | fine>failure - - -                | two that disagree do not repeat themselves
            1:failure 2:failure 2:fine 1:fine | fine>failure - failure>fine -     | the mend is told once as well
            1:failure 3:failure             | fine>failure -                      | a replica that starts knows what was told
            1:failure 3:fine                | fine>failure failure>fine           | and tells that it is mended since
            """)
    void replicasTellItOnceTogether(String looks, String told, String reason) {
        Findings one = replica("pod-1");
        Findings two = replica("pod-2");
        Findings three = replica("pod-3");
        List<Findings> each = List.of(one, two, three);
        two.update(List.of(finding("fine")));
        one.update(List.of(finding("fine")));

        String seen = words(looks)
                .map(look -> told(each.get(look.charAt(0) - '1'), look.substring(2)))
                .collect(Collectors.joining(" "));

        assertThat(seen).as(reason).isEqualTo(told);
    }

    @Test
    void theWorstOfOneThingCounts() {
        Findings findings = replica("pod-1");

        List<FindingChange> changes = findings.update(List.of(finding("fine"), finding("failure"), finding("advice")));

        assertThat(changes).singleElement().satisfies(change -> {
            assertThat(change.finding().status()).isEqualTo(Status.FAILURE);
            assertThat(change.key()).isEqualTo("spf/example.com");
        });
        assertThat(findings.latest())
                .hasValueSatisfying(e -> assertThat(e.byCheck()).containsEntry("spf", Status.FAILURE));
    }

    @Test
    void recordsOfOthersInTheStateTopicAreLeftAlone() {
        Findings findings = replica("pod-1");
        findings.learn("hold/all/1", "{\"status\":\"failure\"}".getBytes(UTF_8));
        findings.learn("finding/spf/example.com", "no JSON".getBytes(UTF_8));
        findings.learn("finding/spf/example.com", new byte[100_000]);

        assertThat(told(findings, "failure")).isEqualTo("fine>failure");
    }

    @Test
    void aChangeIsWrittenAsItsSchemaSays() {
        Finding finding = new Finding(
                "spf",
                Status.FAILURE,
                "example.com",
                "\"quoted\" \u0007",
                "a record",
                "Google",
                List.of("x. IN TXT \"v\""));
        byte[] json = new FindingChange(NOON.instant(), "pod-1", Status.FINE, finding).toJson();
        InputStream schema = getClass().getResourceAsStream("/schemas/finding.schema.json");

        assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(schema)
                        .validate(new String(json, UTF_8), InputFormat.JSON))
                .isEmpty();
        assertThat(new String(json, UTF_8)).contains("\"was\":\"fine\"", "\"instance\":\"pod-1\"");
    }

    /** A rule that is named another way would never open a provider. */
    @Test
    void complaintsAreRulesThatThereAre() throws Exception {
        Set<String> rules = Pattern.compile("(?m)^  - id: (\\S+)$")
                .matcher(Files.readString(Path.of("src/main/resources/rules/replies.yaml")))
                .results()
                .map(m -> m.group(1))
                .collect(Collectors.toSet());
        assertThat(Stream.of("spf", "dkim", "dmarc", "ptr", "ehlo", "domain", "blocklist"))
                .allSatisfy(check ->
                        assertThat(FindingChange.complaints(check)).isNotEmpty().isSubsetOf(rules));
        assertThat(FindingChange.complaints("relay")).isEmpty();
    }

    private static String told(Findings findings, String status) {
        List<FindingChange> changes = findings.update(List.of(finding(status)));
        return changes.isEmpty()
                ? "-"
                : changes.getFirst().was().word() + ">"
                        + changes.getFirst().finding().status().word();
    }

    private static Finding finding(String status) {
        return new Finding(
                "spf", Status.valueOf(status.toUpperCase(Locale.ROOT)), "example.com", "x", "", "", List.of());
    }

    private static Stream<String> words(String text) {
        return Arrays.stream(text.strip().split(" +"));
    }
}
