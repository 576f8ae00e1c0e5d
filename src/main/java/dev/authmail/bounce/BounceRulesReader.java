package dev.authmail.bounce;

import dev.authmail.bounce.BounceRules.Mark;
import dev.authmail.bounce.BounceRules.RecipientForm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Makes {@link BounceRules} of a file, or says what is wrong with it. */
final class BounceRulesReader {
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final String RECIPIENTS = "recipients";
    private static final String STAFF = "staff";
    private static final Set<String> FORM_FIELDS = Set.of("id", "line", "after", "loose", "most");
    private static final int MAX_PATTERN = 2000;
    private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.MULTILINE;

    private final String file;

    /** What stands in the file. */
    record Sections(Map<Mark, List<Pattern>> byMark, List<RecipientForm> forms, Pattern staff) {
        List<Pattern> marks(Mark mark) {
            return Objects.requireNonNull(byMark.get(mark));
        }
    }

    BounceRulesReader(String file) {
        this.file = file;
    }

    Sections read(String yaml) {
        JsonNode root = tree(yaml);
        Set<String> known =
                Arrays.stream(Mark.values()).map(BounceRulesReader::word).collect(Collectors.toSet());
        known.addAll(Set.of(RECIPIENTS, STAFF));
        root.propertyNames().stream()
                .filter(n -> !known.contains(n))
                .findFirst()
                .ifPresent(n -> {
                    throw error(
                            n,
                            "is not a section; the sections are "
                                    + String.join(", ", known.stream().sorted().toList()));
                });
        Map<Mark, List<Pattern>> marks = new EnumMap<>(Mark.class);
        for (Mark mark : Mark.values()) {
            marks.put(mark, patterns(word(mark), root.path(word(mark))));
        }
        return new Sections(marks, forms(root.path(RECIPIENTS)), pattern(STAFF, text(STAFF, root.path(STAFF))));
    }

    private JsonNode tree(String yaml) {
        try {
            JsonNode root = YAML.readTree(yaml);
            if (root.isObject()) {
                return root;
            }
        } catch (JacksonException e) {
            throw new IllegalArgumentException(file + ": not YAML: " + e.getOriginalMessage(), e);
        }
        throw new IllegalArgumentException(file + ": the file must hold sections such as recipients:");
    }

    private List<RecipientForm> forms(JsonNode list) {
        List<RecipientForm> forms = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (JsonNode node : list) {
            RecipientForm form = form(node);
            if (!ids.add(form.id())) {
                throw error(form.id(), "another form has the same id");
            }
            forms.add(form);
        }
        if (forms.isEmpty()) {
            throw error(RECIPIENTS, "is missing or empty");
        }
        return List.copyOf(forms);
    }

    private RecipientForm form(JsonNode node) {
        String id = text("id", node.path("id"));
        node.propertyNames().stream()
                .filter(n -> !FORM_FIELDS.contains(n))
                .findFirst()
                .ifPresent(n -> {
                    throw error(id, n + " is not a field of a form; the fields are after, id, line, loose, most");
                });
        String line = text(id, node.path("line"));
        boolean local = line.contains("{local}");
        if (!local && !line.contains("{address}")) {
            throw error(id, "line holds neither {address} nor {local}");
        }
        String expanded = line.replace("{address}", "(" + AddressText.ADDRESS + ")")
                .replace("{local}", "(" + AddressText.LOCAL_ONLY + ")");
        @Nullable Pattern after = node.has("after") ? pattern(id, text(id, node.path("after"))) : null;
        return new RecipientForm(
                id,
                compile(id, expanded),
                after,
                node.path("loose").asBoolean(false),
                node.path("most").asInt(Integer.MAX_VALUE),
                local);
    }

    private List<Pattern> patterns(String section, JsonNode list) {
        if (!list.isArray() || list.isEmpty()) {
            throw error(section, "is missing or no list of regular expressions");
        }
        List<Pattern> patterns = new ArrayList<>();
        list.forEach(node -> patterns.add(pattern(section, text(section, node))));
        return List.copyOf(patterns);
    }

    private Pattern pattern(String place, String regex) {
        if (regex.length() > MAX_PATTERN) {
            throw error(place, "has a pattern of more than " + MAX_PATTERN + " characters");
        }
        return compile(place, regex);
    }

    private Pattern compile(String place, String regex) {
        try {
            Pattern pattern = Pattern.compile(regex, FLAGS);
            if (pattern.matcher("").find()) {
                throw error(place, "matches the empty text and so every mail");
            }
            return pattern;
        } catch (PatternSyntaxException e) {
            throw error(place, "is not a regular expression: " + e.getDescription() + " at character " + e.getIndex());
        }
    }

    private String text(String place, JsonNode node) {
        if (!node.isString() || node.asString().isBlank()) {
            throw error(place, "must be a text");
        }
        return node.asString();
    }

    private static String word(Mark mark) {
        return mark.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private IllegalArgumentException error(String place, String wrong) {
        return new IllegalArgumentException(file + ", " + place + ": " + wrong);
    }
}
