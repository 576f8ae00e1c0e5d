package dev.authmail.delivery;

import dev.authmail.smtp.SmtpPhase;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes a rule of what stands in a rule file, or says with line and id what is wrong with it. */
final class RuleReader {
    /**
     * One field of one rule as it stands in the file.
     *
     * @param line the line it stands on, from 1
     * @param values one value, or those of a list
     */
    record Field(int line, List<String> values) {
        Field {
            values = List.copyOf(values);
        }
    }

    private static final Set<String> KNOWN = Set.of(
            "id",
            "route",
            "phase",
            "provider",
            "code",
            "enhanced",
            "text",
            "fault",
            "scope",
            "userState",
            "wait",
            "suppress",
            "fallback");
    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");
    private static final Pattern CODE = Pattern.compile("[2-5](?:[0-9][0-9]|yz|xx)");
    private static final Pattern ENHANCED = Pattern.compile("[245*](?:\\.(?:\\d{1,3}|\\*)){2}");
    private static final Pattern PROVIDER = Pattern.compile("[a-z0-9.-]{1,253}");
    private static final Duration MAX_WAIT = Duration.ofHours(24);

    private final String file;
    private final int line;
    private final Map<String, Field> fields;
    private final Function<String, TextPattern> patterns;

    /** @param patterns makes a pattern, or throws {@link IllegalArgumentException} */
    RuleReader(String file, int line, Map<String, Field> fields, Function<String, TextPattern> patterns) {
        this.file = file;
        this.line = line;
        this.fields = fields;
        this.patterns = patterns;
    }

    Rule read() {
        fields.keySet().stream()
                .filter(name -> !KNOWN.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw error(
                            name,
                            "is not a field of a rule; the fields are "
                                    + String.join(", ", KNOWN.stream().sorted().toList()));
                });
        Rule rule = new Rule(
                new RuleSource(file, line),
                optional("route", word(Route.values())).orElse(null),
                phases(),
                many("provider", PROVIDER, "is not the ending of a host name in lower case"),
                patterns(many("code", CODE, "is not a reply code such as 550 or 5yz"), c -> c.replaceAll("[yzx]", ".")),
                patterns(
                        many("enhanced", ENHANCED, "is not an enhanced code such as 5.1.1 or *.7.26"),
                        RuleReader::enhanced),
                values("text").stream().map(this::pattern).toList(),
                optional("fallback", RuleReader::yesOrNo).orElse(false),
                finding());
        check(rule);
        return rule;
    }

    private Finding finding() {
        String id = required("id", v -> ID.matcher(v).matches() ? Optional.of(v) : Optional.empty());
        Fault fault = required("fault", Fault::fromCode);
        Scope scope = required("scope", Scope::fromCode);
        UserState state = optional("userState", UserState::fromCode).orElse(null);
        return new Finding(
                id,
                fault,
                scope,
                state,
                optional("wait", this::duration).orElse(Duration.ZERO),
                optional("suppress", RuleReader::yesOrNo).orElse(Finding.nobodyThere(fault, scope, state)));
    }

    private void check(Rule rule) {
        boolean exactCode = fields.containsKey("code")
                && fields.get("code").values().stream().allMatch(c -> c.matches("\\d{3}"));
        // Gmail uses registered codes in another sense, so a code says something only in company.
        if (!rule.enhanced().isEmpty()
                && rule.texts().isEmpty()
                && rule.providers().isEmpty()
                && !exactCode) {
            throw error("enhanced", "never decides alone; add text, provider or an exact code");
        }
        if (rule.finding().scope() == Scope.RELAY && rule.route() != Route.RELAY) {
            throw error("scope", "relay needs route: relay");
        }
        if (rule.finding().suppress()
                && (rule.finding().fault() != Fault.RECIPIENT || rule.finding().scope() != Scope.ADDRESS)) {
            throw error("suppress", "needs fault: recipient and scope: address; nothing else is about an address");
        }
    }

    private Set<SmtpPhase> phases() {
        Set<SmtpPhase> phases = EnumSet.noneOf(SmtpPhase.class);
        for (String value : values("phase")) {
            phases.add(word(SmtpPhase.values()).apply(value).orElseThrow(() -> error("phase", unknown(value))));
        }
        return phases;
    }

    private TextPattern pattern(String text) {
        try {
            return patterns.apply(text);
        } catch (IllegalArgumentException wrong) {
            throw error("text", String.valueOf(wrong.getMessage()));
        }
    }

    private static Optional<Boolean> yesOrNo(String text) {
        return switch (text) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    private Optional<Duration> duration(String text) {
        try {
            Duration wait = Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
            return wait.isPositive() && wait.compareTo(MAX_WAIT) <= 0 ? Optional.of(wait) : Optional.empty();
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static String enhanced(String code) {
        return code.replace(".", "\\.").replace("*", "\\d+");
    }

    private static List<Pattern> patterns(List<String> values, Function<String, String> regex) {
        return values.stream().map(regex).map(Pattern::compile).toList();
    }

    private static <E extends Enum<E>> Function<String, Optional<E>> word(E[] values) {
        return text -> Arrays.stream(values)
                .filter(v -> v.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst();
    }

    private List<String> many(String name, Pattern shape, String wrong) {
        List<String> values = values(name);
        values.stream().filter(v -> !shape.matcher(v).matches()).findFirst().ifPresent(v -> {
            throw error(name, "\"" + v + "\" " + wrong);
        });
        return values;
    }

    private List<String> values(String name) {
        Field field = fields.get(name);
        if (field != null && field.values().isEmpty()) {
            throw error(name, "is an empty list");
        }
        return field == null ? List.of() : field.values();
    }

    private <T> T required(String name, Function<String, Optional<T>> reader) {
        return optional(name, reader).orElseThrow(() -> error(name, "is missing"));
    }

    private <T> Optional<T> optional(String name, Function<String, Optional<T>> reader) {
        List<String> values = values(name);
        if (values.size() > 1) {
            throw error(name, "has " + values.size() + " values; it takes one");
        }
        return values.stream()
                .findFirst()
                .map(value -> reader.apply(value).orElseThrow(() -> error(name, unknown(value))));
    }

    private static String unknown(String value) {
        return "\"" + value + "\" is not a value that it can have";
    }

    private IllegalArgumentException error(String name, String wrong) {
        @Nullable Field field = fields.get(name);
        @Nullable Field id = fields.get("id");
        String rule = id == null || id.values().isEmpty()
                ? "without an id"
                : id.values().stream().collect(Collectors.joining(" "));
        return new IllegalArgumentException(
                file + " line " + (field == null ? line : field.line()) + ", rule " + rule + ": " + name + " " + wrong);
    }
}
