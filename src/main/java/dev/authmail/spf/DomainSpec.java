package dev.authmail.spf;

import dev.authmail.dns.RecordProblem;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The name that a term is about: a macro-string that ends like a domain. RFC 7208 §7.1. */
final class DomainSpec {
    // toplabel, §7.1: letters, digits and inner hyphens, and not digits alone.
    private static final Pattern TOP_LABEL = Pattern.compile("(?![0-9]+$)[A-Za-z0-9](?:[-A-Za-z0-9]*[A-Za-z0-9])?");

    private DomainSpec() {}

    /**
     * Reads one.
     *
     * @param offset where it stands in the record
     * @param problems takes what is wrong
     */
    static Optional<MacroString> parse(String text, int offset, List<RecordProblem> problems) {
        if (text.isEmpty()) {
            problems.add(RecordProblem.error(offset, "no domain where one must stand", "name a domain"));
            return Optional.empty();
        }
        Optional<MacroString> read = MacroParser.parse(text, offset, problems);
        if (read.isPresent() && !read.get().endsInExpand()) {
            int end = text.endsWith(".") ? text.length() - 1 : text.length();
            int dot = text.lastIndexOf('.', end - 1);
            if (!TOP_LABEL.matcher(text.substring(dot + 1, end)).matches()) {
                problems.add(RecordProblem.error(
                        offset + dot + 1, "not the last label of a domain", "name a domain such as _spf.example.com"));
                return Optional.empty();
            }
            if (dot < 0) {
                problems.add(RecordProblem.warning(
                        offset,
                        "a domain of one label: receivers answer permerror (RFC 7208 §7.1)",
                        "write the full name, with a dot"));
            }
        }
        return read;
    }

    /** Whether a name as written lacks the dot that the grammar demands. §7.1. */
    static boolean hasOneLabel(MacroString domain) {
        return !domain.endsInExpand()
                && domain.parts().stream()
                        .allMatch(part -> part instanceof MacroString.Literal literal
                                && literal.text().replaceFirst("\\.$", "").indexOf('.') < 0);
    }
}
