package dev.authmail.spf;

import dev.authmail.dns.RecordProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a record term by term and notes whatever is wrong. RFC 7208 §12. */
final class SpfRecordParser {
    private static final Pattern MODIFIER = Pattern.compile("([A-Za-z][-A-Za-z0-9_.]*)=(.*)", Pattern.DOTALL);

    private final String text;
    private final List<RecordProblem> problems = new ArrayList<>();
    private final List<Directive> directives = new ArrayList<>();
    private final List<String> terms = new ArrayList<>();
    private Optional<MacroString> redirect = Optional.empty();
    private Optional<MacroString> explanation = Optional.empty();
    private boolean hasRedirect;
    private boolean hasExplanation;

    SpfRecordParser(String text) {
        this.text = text;
    }

    SpfRecord.Reading parse() {
        if (!SpfRecord.isSpf(text)) {
            problems.add(RecordProblem.error(0, "not an SPF record", "begin with v=spf1 and a space"));
            return new SpfRecord.Reading(Optional.empty(), problems);
        }
        int at = SpfRecord.VERSION.length();
        while (at < text.length()) {
            int end = text.indexOf(' ', at);
            end = end < 0 ? text.length() : end;
            if (end > at) {
                term(text.substring(at, end), at);
            }
            at = end + 1;
        }
        warn();
        boolean valid = problems.stream().noneMatch(RecordProblem::isError);
        return new SpfRecord.Reading(
                valid ? Optional.of(new SpfRecord(directives, redirect, explanation, terms)) : Optional.empty(),
                problems);
    }

    private void term(String term, int at) {
        terms.add(term);
        Matcher modifier = MODIFIER.matcher(term);
        if (modifier.matches()) {
            int valueAt = at + modifier.start(2);
            modifier(modifier.group(1).toLowerCase(Locale.ROOT), modifier.group(2), at, valueAt);
            return;
        }
        int sign = Qualifier.stands(term) ? 1 : 0;
        new MechanismParser(term.substring(sign), at + sign, problems)
                .parse()
                .ifPresent(mechanism -> directives.add(new Directive(Qualifier.of(term), mechanism, term)));
    }

    private void modifier(String name, String value, int at, int valueAt) {
        switch (name) {
            case "redirect" -> {
                once(hasRedirect, name, at);
                hasRedirect = true;
                redirect = DomainSpec.parse(value, valueAt, problems);
            }
            case "exp" -> {
                once(hasExplanation, name, at);
                hasExplanation = true;
                explanation = DomainSpec.parse(value, valueAt, problems);
            }
            // §6: an unknown modifier is ignored, but its macros must be well-formed.
            default -> MacroParser.parse(value, valueAt, problems);
        }
    }

    private void once(boolean before, String name, int at) {
        if (before) {
            problems.add(RecordProblem.error(at, name + "= occurs twice", "keep one"));
        }
    }

    private void warn() {
        for (int i = 0; i < directives.size(); i++) {
            Directive directive = directives.get(i);
            int at = position(directive.text());
            switch (directive.mechanism()) {
                case Mechanism.All all -> warnOfAll(directive, i, at);
                case Mechanism.Ptr ptr ->
                    problems.add(RecordProblem.warning(
                            at, "ptr should not be published (RFC 7208 §5.5)", "name the addresses with ip4 and ip6"));
                default -> {}
            }
        }
    }

    private void warnOfAll(Directive all, int index, int at) {
        if (index < directives.size() - 1 || hasRedirect) {
            problems.add(RecordProblem.warning(
                    at, "what follows all (and redirect=) is never looked at", "put " + all.text() + " last"));
        }
        if (all.qualifier() == Qualifier.PASS) {
            problems.add(RecordProblem.warning(at, "this lets the whole world send as you", "write ~all or -all"));
        }
    }

    private int position(String term) {
        return text.indexOf(term, SpfRecord.VERSION.length());
    }
}
