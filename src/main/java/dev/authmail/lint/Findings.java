package dev.authmail.lint;

import java.util.ArrayList;
import java.util.List;

/** Collects what is found; the same thing once. */
final class Findings {
    private final List<LintFinding> found = new ArrayList<>();

    void add(LintRule rule, String what, String mend) {
        LintFinding finding = new LintFinding(rule, what, mend);
        if (!found.contains(finding)) {
            found.add(finding);
        }
    }

    void addWhen(boolean broken, LintRule rule, String what, String mend) {
        if (broken) {
            add(rule, what, mend);
        }
    }

    List<LintFinding> all() {
        return List.copyOf(found);
    }
}
