package dev.authmail.spf;

import dev.authmail.dns.RecordProblem;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** One SPF record that obeys the grammar. RFC 7208 §4.6, §12. */
public final class SpfRecord {
    /** With what a record begins, in any case. §4.5. */
    static final String VERSION = "v=spf1";

    private final List<Directive> directives;
    private final Optional<MacroString> redirect;
    private final Optional<MacroString> explanation;
    private final List<String> terms;

    SpfRecord(
            List<Directive> directives,
            Optional<MacroString> redirect,
            Optional<MacroString> explanation,
            List<String> terms) {
        this.directives = List.copyOf(directives);
        this.redirect = redirect;
        this.explanation = explanation;
        this.terms = List.copyOf(terms);
    }

    /**
     * What became of reading a record.
     *
     * @param record the record; empty when a problem is an error
     * @param problems what is wrong, in the order of the text
     */
    public record Reading(Optional<SpfRecord> record, List<RecordProblem> problems) {
        public Reading {
            problems = List.copyOf(problems);
        }
    }

    /** Reads a record, the strings of its TXT record joined. */
    public static Reading parse(String text) {
        return new SpfRecordParser(text).parse();
    }

    /** Whether a TXT record is meant as SPF: the version, and then a space or nothing. §4.5. */
    public static boolean isSpf(String text) {
        return text.regionMatches(true, 0, VERSION, 0, VERSION.length())
                && (text.length() == VERSION.length() || text.charAt(VERSION.length()) == ' ');
    }

    List<Directive> directives() {
        return directives;
    }

    /** The domain whose record counts when nothing matches; none when there is an {@code all}. §6.1. */
    Optional<MacroString> redirect() {
        boolean all = directives.stream().anyMatch(d -> d.mechanism() instanceof Mechanism.All);
        return all ? Optional.empty() : redirect;
    }

    Optional<MacroString> explanation() {
        return explanation;
    }

    /**
     * Whether a term names a domain of one label. {@link #parse} warns of it only, as many do; the grammar has no such
     * domain, so evaluating it is a permerror. §7.1.
     */
    boolean namesOneLabel() {
        return Stream.of(
                        directives.stream().map(Directive::mechanism).flatMap(m -> m.named().stream()),
                        redirect.stream(),
                        explanation.stream())
                .flatMap(s -> s)
                .anyMatch(DomainSpec::hasOneLabel);
    }

    /** The terms as written, without the version. */
    public List<String> terms() {
        return terms;
    }

    /** How many terms of this record alone ask the DNS; what is included asks more. §4.6.4. */
    public int lookups() {
        long mechanisms =
                directives.stream().filter(d -> d.mechanism().asksDns()).count();
        return (int) mechanisms + (redirect().isPresent() ? 1 : 0);
    }
}
