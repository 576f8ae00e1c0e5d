package dev.authmail.dmarc;

import dev.authmail.dns.RecordProblem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a record tag by tag and notes whatever is wrong. RFC 9989 §4.8, RFC 7489 §6.4. */
final class DmarcRecordParser {
    /** dmarc-version: the tag's name in any case, its value as it is. */
    static final Pattern VERSION = Pattern.compile("[vV][ \\t]*=[ \\t]*DMARC1(?=[ \\t]*(?:;|$))");

    private static final Pattern TAG =
            Pattern.compile("([ \\t]*)([A-Za-z][A-Za-z0-9_]*)[ \\t]*=[ \\t]*([\\x20-\\x7e\\t]*?)[ \\t]*");
    private static final String BLANK = " \t";

    private final String text;
    private final List<RecordProblem> problems = new ArrayList<>();
    private final Map<String, String> tags = new LinkedHashMap<>();
    private final Set<String> seen = new HashSet<>(Set.of("v"));

    DmarcRecordParser(String text) {
        this.text = text;
    }

    DmarcRecord.Reading parse() {
        Matcher version = VERSION.matcher(text);
        if (!version.lookingAt()) {
            problems.add(RecordProblem.error(0, "the record does not begin with its version", "begin with v=DMARC1;"));
            return new DmarcRecord.Reading(Optional.empty(), problems);
        }
        int at = text.indexOf(';');
        while (at >= 0) {
            int next = text.indexOf(';', at + 1);
            element(text.substring(at + 1, next < 0 ? text.length() : next), at + 1, next < 0);
            at = next;
        }
        boolean says = saysSomething();
        return new DmarcRecord.Reading(says ? Optional.of(new DmarcRecord(tags)) : Optional.empty(), problems);
    }

    private void element(String element, int at, boolean last) {
        if (element.chars().allMatch(c -> BLANK.indexOf(c) >= 0)) {
            if (!last) {
                error(at, "nothing between two semicolons", "remove one");
            }
            return;
        }
        Matcher tag = TAG.matcher(element);
        if (!tag.matches()) {
            error(at, "not a tag with a value in printable ASCII", "write such as p=reject");
            return;
        }
        String name = tag.group(2).toLowerCase(Locale.ROOT);
        String value = tag.group(3);
        if (value.isEmpty()) {
            error(at + tag.start(2), name + "= has no value", "give it one or remove it");
        } else if (!seen.add(name)) {
            error(at + tag.start(2), name + "= occurs twice", "keep one");
        } else {
            order(name, at + tag.start(2));
            List<RecordProblem> found = DmarcTag.problems(name, value, at + tag.start(2), at + tag.start(3))
                    .toList();
            problems.addAll(found);
            if (name.startsWith("ru") || found.stream().noneMatch(RecordProblem::isError)) {
                tags.put(name, value);
            }
        }
    }

    private void order(String name, int at) {
        if (name.equals("p") && seen.size() > 2) {
            problems.add(RecordProblem.warning(
                    at, "p= does not follow v=, which receivers of RFC 7489 demand", "write v=DMARC1; p=… first"));
        }
    }

    /** RFC 9989 §4.10.1: without a policy, a record is one only when it asks for reports. */
    private boolean saysSomething() {
        if (tags.containsKey("p")) {
            return true;
        }
        boolean reports = !ReportUri.valid(tags.getOrDefault("rua", "")).isEmpty();
        if (reports) {
            problems.add(RecordProblem.warning(
                    text.length(), "there is no p=, which is read as p=none", "write p=none after v=DMARC1;"));
        } else {
            error(text.length(), "there is no p=, so that the record says nothing", "write v=DMARC1; p=none");
        }
        return reports;
    }

    private void error(int at, String what, String mend) {
        problems.add(RecordProblem.error(at, what, mend));
    }
}
