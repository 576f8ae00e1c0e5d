package dev.authmail.lint;

import com.ibm.icu.text.IDNA;
import com.ibm.icu.text.SpoofChecker;
import java.util.Locale;

/** Domains that could be taken for others. UTS 39 §5.2, highly restrictive, which Google asks for. */
final class Domains {
    private static final IDNA UTS46 = IDNA.getUTS46Instance(IDNA.NONTRANSITIONAL_TO_UNICODE);
    private static final SpoofChecker SPOOF = new SpoofChecker.Builder()
            .setChecks(SpoofChecker.RESTRICTION_LEVEL | SpoofChecker.INVISIBLE)
            .setRestrictionLevel(SpoofChecker.RestrictionLevel.HIGHLY_RESTRICTIVE)
            .build();

    private Domains() {}

    static void check(String domain, String what, Findings findings) {
        String shown = UTS46.nameToUnicode(domain.toLowerCase(Locale.ROOT), new StringBuilder(), new IDNA.Info())
                .toString();
        for (String label : shown.split("\\.", -1)) {
            findings.addWhen(
                    SPOOF.failsChecks(label),
                    LintRule.SPOOFED_DOMAIN,
                    what + " mixes scripts, so that it could be taken for another",
                    "use a domain of one script");
        }
    }
}
