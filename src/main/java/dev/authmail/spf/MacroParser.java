package dev.authmail.spf;

import dev.authmail.dns.RecordProblem;
import dev.authmail.spf.MacroString.Literal;
import dev.authmail.spf.MacroString.Macro;
import dev.authmail.spf.MacroString.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads macro-strings. RFC 7208 §7.1. */
final class MacroParser {
    private static final Pattern EXPAND =
            Pattern.compile("%\\{([slodipvhcrtSLODIPVHCRT])([0-9]{0,9})([rR]?)([-.+,/_=]*)}");
    private static final String EXPLANATION_ONLY = "crt";

    private final String text;
    private final int offset;
    private final boolean explanation;
    private final List<RecordProblem> problems;
    private final List<Part> parts = new ArrayList<>();
    private final StringBuilder literal = new StringBuilder();
    private int at;
    private boolean expanded;

    private MacroParser(String text, int offset, boolean explanation, List<RecordProblem> problems) {
        this.text = text;
        this.offset = offset;
        this.explanation = explanation;
        this.problems = problems;
    }

    /**
     * Reads one that stands in a record.
     *
     * @param offset where the text stands in the record
     * @param problems takes what is wrong
     */
    static Optional<MacroString> parse(String text, int offset, List<RecordProblem> problems) {
        return new MacroParser(text, offset, false, problems).read();
    }

    /** Reads an explanation: spaces, and three macros more, are allowed. §6.2, §7.2. */
    static Optional<MacroString> explanation(String text) {
        return new MacroParser(text, 0, true, new ArrayList<>()).read();
    }

    private Optional<MacroString> read() {
        while (at < text.length()) {
            Optional<RecordProblem> problem = next();
            if (problem.isPresent()) {
                problems.add(problem.get());
                return Optional.empty();
            }
        }
        flush();
        return Optional.of(new MacroString(parts, expanded));
    }

    private Optional<RecordProblem> next() {
        char c = text.charAt(at);
        expanded = c == '%';
        if (expanded) {
            return expand();
        }
        if (c <= ' ' && !(explanation && c == ' ') || c > '~') {
            return problem("a character that cannot stand here", "use printable ASCII characters alone");
        }
        literal.append(c);
        at++;
        return Optional.empty();
    }

    private Optional<RecordProblem> expand() {
        char next = at + 1 < text.length() ? text.charAt(at + 1) : 0;
        switch (next) {
            case '%' -> literal.append('%');
            case '_' -> literal.append(' ');
            case '-' -> literal.append("%20");
            case '{' -> {
                return macro();
            }
            default -> {
                return problem("a % that begins no macro", "write %% for a percent sign");
            }
        }
        at += 2;
        return Optional.empty();
    }

    private Optional<RecordProblem> macro() {
        Matcher matcher = EXPAND.matcher(text).region(at, text.length());
        if (!matcher.lookingAt()) {
            return problem("not a macro", "write such as %{i}, %{d2} or %{lr-}");
        }
        char letter = matcher.group(1).toLowerCase(Locale.ROOT).charAt(0);
        if (!explanation && EXPLANATION_ONLY.indexOf(letter) >= 0) {
            return problem("%{" + letter + "} is for explanations only", "use another macro");
        }
        String digits = matcher.group(2);
        int kept = digits.isEmpty() ? 0 : Integer.parseInt(digits);
        if (!digits.isEmpty() && kept == 0) {
            return problem("a macro that keeps 0 parts", "keep 1 part or more");
        }
        flush();
        String delimiters = matcher.group(4).isEmpty() ? "." : matcher.group(4);
        boolean escaped = Character.isUpperCase(matcher.group(1).charAt(0));
        parts.add(new Macro(letter, escaped, kept, !matcher.group(3).isEmpty(), delimiters));
        at = matcher.end();
        return Optional.empty();
    }

    private void flush() {
        if (!literal.isEmpty()) {
            parts.add(new Literal(literal.toString()));
            literal.setLength(0);
        }
    }

    private Optional<RecordProblem> problem(String what, String mend) {
        return Optional.of(RecordProblem.error(offset + at, what, mend));
    }
}
