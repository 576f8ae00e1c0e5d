package dev.authmail.docs;

import dev.authmail.config.AuthmailSettings;
import java.io.StringReader;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.comments.CommentLine;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * The tables of docs/settings.md: names, defaults and meanings as {@code application.yaml} has them, types as {@link
 * AuthmailSettings} has them.
 */
final class SettingsPage {
    private static final String HEAD = "| setting | type | default | meaning |\n|---|---|---|---|\n";
    private static final Map<Class<?>, String> WORDS = Map.ofEntries(
            Map.entry(String.class, "text"),
            Map.entry(boolean.class, "true or false"),
            Map.entry(int.class, "number"),
            Map.entry(short.class, "number"),
            Map.entry(Integer.class, "number"),
            Map.entry(Duration.class, "duration"),
            Map.entry(DataSize.class, "size"),
            Map.entry(Path.class, "path"),
            Map.entry(URI.class, "URL"),
            Map.entry(LocalDate.class, "date"),
            Map.entry(Locale.class, "language"),
            Map.entry(ZoneId.class, "time zone"));

    private final String[] lines;
    private final StringBuilder page = new StringBuilder();

    private SettingsPage(String yaml) {
        this.lines = yaml.split("\n", -1);
    }

    /** @param yaml the text of {@code application.yaml} */
    static String of(String yaml) {
        var options = new LoaderOptions();
        options.setProcessComments(true);
        var root = (MappingNode) new Yaml(options).compose(new StringReader(yaml));
        Node settings = root.getValue().stream()
                .filter(entry -> name(entry).equals("authmail"))
                .findFirst()
                .orElseThrow()
                .getValueNode();
        var page = new SettingsPage(yaml);
        page.group("authmail", AuthmailSettings.class, (MappingNode) settings, true);
        return page.page.toString().strip() + "\n";
    }

    private void group(String prefix, Class<?> type, MappingNode group, boolean top) {
        for (NodeTuple entry : group.getValue()) {
            if (top) {
                title(entry);
            }
            RecordComponent component = Stream.of(type.getRecordComponents())
                    .filter(c -> dashed(c.getName()).equals(name(entry)))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(prefix + "." + name(entry)));
            entry(prefix + "." + name(entry), component.getGenericType(), entry);
        }
    }

    private void entry(String name, Type type, NodeTuple entry) {
        Node value = entry.getValueNode();
        if (type instanceof Class<?> simple && simple.isRecord()) {
            heading(name, entry);
            group(name, simple, (MappingNode) value, false);
        } else if (value instanceof MappingNode map && !map.getValue().isEmpty()) {
            heading(name + ".<name>", entry);
            Type each = ((ParameterizedType) type).getActualTypeArguments()[1];
            for (NodeTuple one : map.getValue()) {
                open(name, name(one), each, one);
            }
        } else {
            leaf(name, word(type), entry);
        }
    }

    /** An entry under a name that is the reader's own; what the file names is an example or a default. */
    private void open(String name, String own, Type type, NodeTuple entry) {
        boolean onlyExample = own.equals("relay");
        if (onlyExample) {
            group(name + ".<name>", (Class<?>) type, (MappingNode) entry.getValueNode(), false);
        } else {
            leaf(name + "." + own, word(type), entry);
        }
    }

    /** Above the settings of a group, when there is something to say of all. */
    private void heading(String name, NodeTuple entry) {
        if (!meaning(entry).isEmpty()) {
            row("**`" + name + "`**", "", "", meaning(entry));
        }
    }

    private void leaf(String name, String type, NodeTuple entry) {
        String meaning = meaning(entry);
        String value = source(entry.getValueNode());
        boolean required = meaning.startsWith("Required.");
        String shown = value.isEmpty() ? (required ? "required" : "") : "`" + value + "`";
        row("`" + name + "`", type, shown, required ? meaning.replaceFirst("^Required\\. ", "") : meaning);
    }

    private void row(String... cells) {
        page.append(Arrays.stream(cells)
                .map(cell -> cell.replace("|", "\\|"))
                .map(cell -> cell.contains("`") ? cell : cell.replace("<", "&lt;"))
                .collect(Collectors.joining(" | ", "| ", " |\n")));
    }

    /** {@code # ── Delivery ───} above the first of a section. */
    private void title(NodeTuple entry) {
        Stream.ofNullable(entry.getKeyNode().getBlockComments())
                .flatMap(List::stream)
                .map(CommentLine::getValue)
                .filter(text -> text.startsWith(" ── "))
                .forEach(text -> page.append(page.isEmpty() ? "" : "\n")
                        .append("### ")
                        .append(text.replace("─", "").strip())
                        .append("\n\n")
                        .append(HEAD));
    }

    /** The words behind the setting on its line; files of docs/ become links. */
    private String meaning(NodeTuple entry) {
        String line = lines[entry.getKeyNode().getStartMark().getLine()];
        int at = line.indexOf(" # ");
        String words = at < 0 ? "" : line.substring(at + 3).strip();
        return words.replaceAll("docs/([a-z-]+\\.md)", "[$1]($1)");
    }

    private String source(Node value) {
        if (value instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        String line = lines[value.getStartMark().getLine()];
        return line.substring(
                value.getStartMark().getColumn(), value.getEndMark().getColumn());
    }

    private static String word(Type type) {
        if (type instanceof ParameterizedType of && of.getRawType() == List.class) {
            return "list of " + plural(of.getActualTypeArguments()[0]);
        }
        if (type instanceof ParameterizedType) {
            return "map";
        }
        Class<?> simple = (Class<?>) type;
        return simple.isEnum()
                ? "word"
                : simple.isRecord() ? "map" : Objects.requireNonNull(WORDS.get(simple), simple::getName);
    }

    private static String plural(@Nullable Type type) {
        return type == String.class ? "texts" : word(Objects.requireNonNull(type)) + "s";
    }

    private static String name(NodeTuple entry) {
        return ((ScalarNode) entry.getKeyNode()).getValue();
    }

    private static String dashed(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
