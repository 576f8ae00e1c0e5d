package dev.authmail.dmarc;

import dev.authmail.dns.RecordProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the value of each tag may be. RFC 9989 §4.8; the removed ones as RFC 7489 §6.4 had them. */
final class DmarcTag {
    private static final Pattern FO = list("[01dsDS]");
    private static final Pattern RF = list("[A-Za-z0-9-]*[A-Za-z0-9]");
    private static final Pattern PERCENT = Pattern.compile("[0-9]{1,2}|100|0[0-9]{2}");
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,10}");
    private static final long MAX_SECONDS = (1L << 32) - 1;
    private static final String REMOVED = " was removed by RFC 9989";

    private DmarcTag() {}

    private static Pattern list(String element) {
        return Pattern.compile(element + "(?:[ \\t]*:[ \\t]*" + element + ")*");
    }

    /**
     * What is wrong with a tag.
     *
     * @param name in lower case
     * @param at where the tag stands
     * @param valueAt where its value does
     */
    static Stream<RecordProblem> problems(String name, String value, int at, int valueAt) {
        return switch (name) {
            case "p", "sp", "np" ->
                unless(
                        DmarcPolicy.of(value).isPresent(),
                        valueAt,
                        name + "= is no policy",
                        "write none, quarantine or reject");
            case "adkim", "aspf" ->
                unless(
                        value.matches("[rsRS]"),
                        valueAt,
                        name + "= is neither r nor s",
                        "write r (relaxed) or s (strict)");
            case "t" -> unless(value.matches("[ynYN]"), valueAt, "t= is neither y nor n", "write y or n");
            case "psd" ->
                unless(value.matches("[ynuYNU]"), valueAt, "psd= is none of y, n, u", "remove it: u is the default");
            case "fo" ->
                unless(FO.matcher(value).matches(), valueAt, "fo= is no list of 0, 1, d, s", "write 0, 1, d, s or d:s");
            case "rua", "ruf" -> uris(name, value, valueAt).stream();
            case "pct" ->
                removed(
                        PERCENT.matcher(value).matches(),
                        at,
                        valueAt,
                        "pct= is no number of 0 to 100",
                        "remove it",
                        "pct=");
            case "rf" ->
                removed(RF.matcher(value).matches(), at, valueAt, "rf= is no list of names", "remove it", "rf=");
            case "ri" -> removed(isSeconds(value), at, valueAt, "ri= is no number of seconds", "remove it", "ri=");
            default -> Stream.of(RecordProblem.warning(at, name + "= is not known and will be ignored", "remove it"));
        };
    }

    private static boolean isSeconds(String value) {
        return SECONDS.matcher(value).matches() && Long.parseLong(value) <= MAX_SECONDS;
    }

    private static Stream<RecordProblem> unless(boolean fine, int at, String what, String mend) {
        return fine ? Stream.empty() : Stream.of(RecordProblem.error(at, what, mend));
    }

    private static Stream<RecordProblem> removed(
            boolean fine, int at, int valueAt, String what, String mend, String tag) {
        return fine
                ? Stream.of(RecordProblem.warning(at, tag + REMOVED, mend))
                : Stream.of(RecordProblem.error(valueAt, what, mend));
    }

    private static List<RecordProblem> uris(String name, String value, int valueAt) {
        List<RecordProblem> problems = new ArrayList<>();
        int at = 0;
        for (String part : value.split(",", -1)) {
            String uri = part.strip();
            int uriAt = valueAt + at + part.indexOf(uri);
            Optional<String> problem = ReportUri.problem(uri);
            problem.ifPresent(p -> problems.add(RecordProblem.error(
                    uriAt, "an address of " + name + "= " + p, "write mailto:, separated by commas")));
            if (problem.isEmpty()) {
                warnings(uri, uriAt, problems);
            }
            at += part.length() + 1;
        }
        return problems;
    }

    private static void warnings(String uri, int at, List<RecordProblem> problems) {
        if (ReportUri.isSized(uri)) {
            problems.add(RecordProblem.warning(at, "a size limit (!)" + REMOVED, "remove it"));
        }
        if (!uri.regionMatches(true, 0, "mailto:", 0, 7)) {
            problems.add(RecordProblem.warning(at, "reports are sent to mailto: addresses alone", "write mailto:"));
        }
    }
}
