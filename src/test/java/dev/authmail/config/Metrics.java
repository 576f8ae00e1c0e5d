package dev.authmail.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The metrics of an instance, in Prometheus' text format.
 *
 * @param text as it was served
 */
record Metrics(String text) {
    private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (\\w+) (\\w+)$");
    private static final Pattern SAMPLE = Pattern.compile("(?m)^(\\w+)(?:\\{(.*)})? \\S+$");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(authmail_\\w+)` \\| (\\w+) \\|([^|]*)\\|");
    private static final Pattern IN_BACKTICKS = Pattern.compile("`(\\w+)`");
    private static final Pattern NAME =
            Pattern.compile("\\b(?:authmail|jvm|process|system|logback)_[a-z_0-9]+\\b(?![.:])");

    static Metrics served(String answer) {
        return new Metrics(answer.replace("\r", ""));
    }

    /** Of the metrics that are ours, the type and the labels by name. */
    Map<String, String> ofAuthmail() {
        Map<String, String> found = new TreeMap<>();
        TYPE.matcher(text)
                .results()
                .filter(m -> m.group(1).startsWith("authmail_"))
                .forEach(m -> found.put(m.group(1), m.group(2) + " " + labels(m.group(1))));
        return found;
    }

    private Set<String> labels(String metric) {
        return SAMPLE.matcher(text)
                .results()
                .filter(m -> m.group(1).matches(Pattern.quote(metric) + "(_bucket|_count|_sum)?"))
                .filter(m -> m.group(2) != null)
                .flatMap(m -> LABEL.matcher(m.group(2)).results())
                .map(m -> m.group(1))
                .filter(label -> !label.equals("le"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The names that samples have, and those of their metrics. */
    Set<String> samples() {
        return Stream.concat(
                        SAMPLE.matcher(text).results().map(m -> m.group(1)),
                        TYPE.matcher(text).results().map(m -> m.group(1)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The table of {@code docs/metrics.md}, as {@link #ofAuthmail} has it. */
    static Map<String, String> documented() throws IOException {
        Map<String, String> found = new TreeMap<>();
        Matcher row = ROW.matcher(Files.readString(Path.of("docs/metrics.md")));
        while (row.find()) {
            Set<String> labels = IN_BACKTICKS
                    .matcher(row.group(3))
                    .results()
                    .map(m -> m.group(1))
                    .collect(Collectors.toCollection(TreeSet::new));
            found.put(row.group(1), row.group(2) + " " + labels);
        }
        return found;
    }

    /** Every word in a file that is the name of a metric, ours or the platform's. */
    static Set<String> namedIn(Path file) throws IOException {
        return NAME.matcher(Files.readString(file))
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
