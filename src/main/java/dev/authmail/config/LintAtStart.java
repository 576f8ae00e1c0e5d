package dev.authmail.config;

import dev.authmail.lint.LintFinding;
import dev.authmail.lint.MessageLinter;
import dev.authmail.lint.SampleMail;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks a mail of every template before any is sent: what providers refuse stops the start, the rest is logged. */
final class LintAtStart {
    private static final Logger LOG = LoggerFactory.getLogger(LintAtStart.class);

    /** @throws SettingsException when providers would refuse a mail */
    LintAtStart(List<SampleMail> samples) {
        samples.forEach(LintAtStart::check);
    }

    private static void check(SampleMail sample) {
        byte[] octets = new byte[sample.message().size()];
        sample.message().octets().get(octets);
        for (LintFinding finding : MessageLinter.lint(octets, false)) {
            if (finding.isRejected()) {
                throw new SettingsException(
                        "authmail.mail or authmail.templates",
                        sample.name() + ": " + finding.what() + ", which is refused by "
                                + finding.rule().providers() + "; " + finding.mend());
            }
            LOG.warn("lint: {}: {}; {}", sample.name(), finding.what(), finding.mend());
        }
    }
}
