package dev.authmail.lint;

/**
 * A rule that a mail breaks.
 *
 * @param what what was found, a sentence without a full stop and without links of the mail
 * @param mend what to do, the same
 */
public record LintFinding(LintRule rule, String what, String mend) {
    /** Whether providers refuse such mail. */
    public boolean isRejected() {
        return rule.level() == LintRule.Level.REJECTED;
    }
}
