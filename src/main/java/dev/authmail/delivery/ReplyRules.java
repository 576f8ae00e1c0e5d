package dev.authmail.delivery;

import dev.authmail.delivery.RuleReader.Field;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The rules that say what a reply means, in order: the first that matches decides. They are data, {@code rules/replies.yaml};
 * a user's own rules are put before them.
 */
public final class ReplyRules {
    private static final String SHIPPED = "/rules/replies.yaml";

    private final List<Rule> rules;

    private ReplyRules(List<Rule> rules) {
        this.rules = List.copyOf(rules);
    }

    /** The rules in the jar. */
    public static ReplyRules shipped() {
        try (InputStream in = ReplyRules.class.getResourceAsStream(SHIPPED)) {
            if (in == null) {
                throw new IllegalStateException(SHIPPED + " is not on the class path");
            }
            // A test has tried these patterns; to try them at each start takes longer than all else about them.
            return read(
                    SHIPPED.substring(1), new String(in.readAllBytes(), StandardCharsets.UTF_8), TextPattern::untried);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads a rule file.
     *
     * @param file its name, for messages
     * @param yaml its text
     * @throws IllegalArgumentException naming file, line, rule and mend when it is not a rule file
     */
    public static ReplyRules read(String file, String yaml) {
        return read(file, yaml, TextPattern::of);
    }

    private static ReplyRules read(String file, String yaml, Function<String, TextPattern> patterns) {
        try (JsonParser parser = new YAMLMapper().createParser(yaml)) {
            return new ReplyRules(rules(file, parser, patterns));
        } catch (JacksonException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            throw new IllegalArgumentException(file + " line " + line + ": not YAML: " + e.getOriginalMessage(), e);
        }
    }

    /** The user's own rules, every {@code *.yaml} of a folder in the order of their names, and after them the shipped ones.
     *
     * @throws IllegalArgumentException naming file, line, rule and mend when one of them is wrong or can never decide
     */
    public static ReplyRules withOwn(Path folder) {
        return RuleFolder.read(folder).then(shipped());
    }

    /**
     * These rules, and after them the others.
     *
     * @throws IllegalArgumentException naming both places when two rules have one id
     */
    public ReplyRules then(ReplyRules others) {
        return new ReplyRules(
                distinct(Stream.concat(rules.stream(), others.rules.stream()).toList()));
    }

    /** The same question twice is a slip within one's own files; that one's own come before the shipped is their purpose. */
    ReplyRules eachCanDecide() {
        Map<String, Rule> earlier = new HashMap<>();
        for (Rule rule : rules) {
            if (rule.isUnconditional()) {
                throw wrong(rule, "has no condition and would decide about every reply; give it one");
            }
            Rule first = earlier.putIfAbsent(rule.conditions(), rule);
            if (first != null) {
                throw wrong(
                        rule,
                        "can never decide: rule " + first.finding().rule() + " at " + first.source()
                                + " asks for the same before it; take one out");
            }
        }
        return this;
    }

    private static List<Rule> distinct(List<Rule> rules) {
        Map<String, Rule> byId = new HashMap<>();
        for (Rule rule : rules) {
            Rule other = byId.putIfAbsent(rule.finding().rule(), rule);
            if (other != null) {
                throw wrong(other, "another rule has the same id, at " + rule.source() + "; give it another");
            }
        }
        return rules;
    }

    private static IllegalArgumentException wrong(Rule rule, String what) {
        return new IllegalArgumentException(rule.source().file() + " line "
                + rule.source().line() + ", rule " + rule.finding().rule() + ": " + what);
    }

    List<Rule> inOrder() {
        return rules;
    }

    private static List<Rule> rules(String file, JsonParser parser, Function<String, TextPattern> patterns) {
        expect(file, parser, JsonToken.START_OBJECT, "begin with \"rules:\"");
        expect(file, parser, JsonToken.PROPERTY_NAME, "begin with \"rules:\"");
        if (!parser.currentName().equals("rules")) {
            throw wrong(file, parser, "the file must begin with \"rules:\"");
        }
        expect(file, parser, JsonToken.START_ARRAY, "hold a list of rules");
        List<Rule> rules = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        while (parser.nextToken() == JsonToken.START_OBJECT) {
            int line = parser.currentTokenLocation().getLineNr();
            Rule rule = new RuleReader(file, line, fields(file, parser), patterns).read();
            if (!ids.add(rule.finding().rule())) {
                throw new IllegalArgumentException(file + " line " + line + ", rule "
                        + rule.finding().rule() + ": another rule in this file has the same id");
            }
            rules.add(rule);
        }
        if (parser.currentToken() != JsonToken.END_ARRAY || parser.nextToken() != JsonToken.END_OBJECT) {
            throw wrong(file, parser, "only rules may stand here");
        }
        return rules;
    }

    private static Map<String, Field> fields(String file, JsonParser parser) {
        Map<String, Field> fields = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            int line = parser.currentTokenLocation().getLineNr();
            if (fields.put(name, new Field(line, values(file, parser))) != null) {
                throw wrong(file, parser, name + " stands twice in one rule");
            }
        }
        return fields;
    }

    private static List<String> values(String file, JsonParser parser) {
        if (parser.nextToken() != JsonToken.START_ARRAY) {
            return List.of(scalar(file, parser));
        }
        List<String> values = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            values.add(scalar(file, parser));
        }
        return values;
    }

    private static String scalar(String file, JsonParser parser) {
        JsonToken token = parser.currentToken();
        if (token == null || !token.isScalarValue() || token == JsonToken.VALUE_NULL) {
            throw wrong(file, parser, "a value or a list of values must stand here");
        }
        return parser.getString();
    }

    private static void expect(String file, JsonParser parser, JsonToken token, String must) {
        if (parser.nextToken() != token) {
            throw wrong(file, parser, "the file must " + must);
        }
    }

    private static IllegalArgumentException wrong(String file, JsonParser parser, String what) {
        return new IllegalArgumentException(
                file + " line " + parser.currentTokenLocation().getLineNr() + ": " + what);
    }
}
