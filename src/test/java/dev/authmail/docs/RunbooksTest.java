package dev.authmail.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.delivery.Explanation;
import dev.authmail.delivery.QuotedReply;
import dev.authmail.delivery.ReplyClassifier;
import dev.authmail.delivery.ReplyRules;
import dev.authmail.delivery.Route;
import dev.authmail.outcome.OutcomeType;
import dev.authmail.smtp.SmtpPhase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

/** docs/runbooks/ has a page for each alert, and what its pages say of replies and settings is so. */
class RunbooksTest {
    private static final Path RUNBOOKS = Path.of("docs/runbooks");
    private static final Path REPLIES = RUNBOOKS.resolve("replies");
    private static final Pattern REPLY = Pattern.compile(
            "```reply (\\w+) (\\w+) (\\S+)\\n(.*?)\\n```\\n\\n"
                    + "Rule `([\\w-]+)`, fault `(\\w+)`, scope `([\\w-]+)`\\.",
            Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(#[^)]*)?\\)");
    private static final Pattern SETTING = Pattern.compile("\\bauthmail(\\.[a-z][a-z-]*)+");
    /** Names of the same form that are no settings: loggers. */
    private static final Set<String> LOGGERS = Set.of("authmail.publish", "authmail.traffic");

    @Test
    void everyAlertHasItsPageAndEveryPageItsAlert() throws IOException {
        Set<String> alerts = new TreeSet<>();
        for (Object rule : rules()) {
            String alert = (String) ((Map<?, ?>) rule).get("alert");
            Object link = ((Map<?, ?>) ((Map<?, ?>) rule).get("annotations")).get("runbook_url");
            assertThat(link).isEqualTo("https://runbooks.example.com/" + alert + ".md");
            assertThat(Files.readString(RUNBOOKS.resolve(alert + ".md"))).startsWith("# " + alert + "\n");
            alerts.add(alert);
        }
        Set<String> pages = pages(RUNBOOKS).map(RunbooksTest::name).collect(Collectors.toCollection(TreeSet::new));
        pages.remove("README");
        assertThat(pages).isEqualTo(alerts);
    }

    private static List<Object> rules() throws IOException {
        Map<String, Object> resource =
                new Yaml().load(Files.readString(Path.of("k8s/components/monitoring/prometheusrule.yaml")));
        List<Object> rules = new ArrayList<>();
        ((List<?>) ((Map<?, ?>) resource.get("spec")).get("groups"))
                .forEach(group -> rules.addAll((List<?>) ((Map<?, ?>) group).get("rules")));
        return rules;
    }

    static Stream<Path> replies() throws IOException {
        return pages(REPLIES).filter(page -> !name(page).equals("relay-certificate")); // not what a server says
    }

    @ParameterizedTest
    @MethodSource("replies")
    void authmailReadsTheReplyAsThePageSays(Path page) throws IOException {
        Matcher says = REPLY.matcher(Files.readString(page));
        assertThat(says.find()).isTrue();

        Explanation explanation = new ReplyClassifier(ReplyRules.shipped())
                .explain(
                        Route.valueOf(says.group(1).toUpperCase(Locale.ROOT)),
                        SmtpPhase.valueOf(says.group(2).toUpperCase(Locale.ROOT)),
                        says.group(3),
                        QuotedReply.parse(says.group(4)).reply());

        assertThat(explanation.finding().rule()).isEqualTo(says.group(5));
        assertThat(explanation.finding().fault().code()).isEqualTo(says.group(6));
        assertThat(explanation.finding().scope().code()).isEqualTo(says.group(7));
    }

    static Stream<Path> all() throws IOException {
        return Stream.concat(pages(RUNBOOKS), pages(REPLIES));
    }

    @ParameterizedTest
    @MethodSource("all")
    void linksLeadSomewhereAndSettingsExist(Path page) throws IOException {
        String text = Files.readString(page);
        assertThat(LINK.matcher(text).results().map(m -> page.resolveSibling(m.group(1))))
                .allSatisfy(target -> assertThat(target).exists());
        assertThat(SETTING.matcher(text).results().map(MatchResult::group)).isSubsetOf(known());
        assertThat(text).doesNotContain("TODO");
    }

    @Test
    void theListNamesEveryPage() throws IOException {
        String list = Files.readString(RUNBOOKS.resolve("README.md"));

        assertThat(all())
                .filteredOn(page -> !name(page).equals("README"))
                .allSatisfy(page -> assertThat(list).contains("](" + RUNBOOKS.relativize(page) + ")"));
    }

    private static Set<String> known() throws IOException {
        Set<String> known = new TreeSet<>(LOGGERS);
        Arrays.stream(OutcomeType.values()).map(OutcomeType::type).forEach(known::add);
        names(new Yaml().load(Files.readString(Path.of("src/main/resources/application.yaml"))), "", known);
        known.add("authmail.relays"); // followed by a name of the reader's
        return known;
    }

    private static void names(Object node, String prefix, Set<String> into) {
        if (node instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                into.add(prefix + key);
                names(value, prefix + key + ".", into);
            });
        }
    }

    private static Stream<Path> pages(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".md")).sorted().toList().stream();
        }
    }

    private static String name(Path page) {
        return page.getFileName().toString().replace(".md", "");
    }
}
