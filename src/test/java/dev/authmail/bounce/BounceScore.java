package dev.authmail.bounce;

import dev.authmail.bounce.BounceCorpus.Expected;
import dev.authmail.bounce.BounceCorpus.Mail;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** How many mails of a corpus are read as its collectors read them. */
final class BounceScore {
    private final Share kind = new Share();
    private final Share recipients = new Share();
    private final Share tier = new Share();
    private final Share status = new Share();
    private final Share hard = new Share();
    private final List<String> wrong = new ArrayList<>();

    /** So many of so many. */
    static final class Share {
        private int right;
        private int all;

        private boolean add(boolean isRight) {
            all++;
            right += isRight ? 1 : 0;
            return isRight;
        }

        int all() {
            return all;
        }

        double percent() {
            return all == 0 ? 100 : right * 100.0 / all;
        }

        @Override
        public String toString() {
            return all == 0 ? "-" : String.format(Locale.ROOT, "%d/%d %.1f %%", right, all, percent());
        }
    }

    void add(Mail mail, Bounce bounce) {
        List<String> mistakes = new ArrayList<>();
        if (!mail.kind().isEmpty() && !kind.add(mail.kind().equals(bounce.kind().code()))) {
            mistakes.add("kind " + bounce.kind().code() + " not " + mail.kind());
        }
        Set<String> found = bounce.recipients().stream()
                .map(r -> r.recipient().toLowerCase(Locale.ROOT))
                .collect(Collectors.toCollection(TreeSet::new));
        if (!mail.recipients().isEmpty() && !recipients.add(found.equals(mail.recipients()))) {
            mistakes.add("recipients " + found + " not " + mail.recipients());
        }
        mail.results().forEach(expected -> add(expected, bounce, mistakes));
        if (!mistakes.isEmpty()) {
            wrong.add(mail.name() + "\t" + String.join("\t", mistakes));
        }
    }

    private void add(Expected expected, Bounce bounce, List<String> mistakes) {
        Optional<ReportedRecipient> result = result(expected, bounce);
        String said =
                result.map(r -> r.tier().code()).orElse(bounce.kind() == BounceKind.AUTOREPLY ? "autoreply" : "none");
        if (!expected.tiers().isEmpty()) {
            if (!tier.add(expected.tiers().contains(said))) {
                mistakes.add("tier " + said + " not " + expected.tiers() + " by "
                        + result.map(r -> r.rule() + ": " + r.text()).orElse("nothing"));
            }
            hard.add(said.equals("hard") && !expected.tiers().contains("hard"));
        }
        String code = result.flatMap(ReportedRecipient::status).orElse("none");
        if (!expected.status().isEmpty() && !status.add(expected.status().equals(code))) {
            mistakes.add("status " + code + " not " + expected.status());
        }
    }

    private static Optional<ReportedRecipient> result(Expected expected, Bounce bounce) {
        return bounce.recipients().stream()
                .filter(r -> expected.recipient().isEmpty() || r.recipient().equalsIgnoreCase(expected.recipient()))
                .findFirst();
    }

    Share kind() {
        return kind;
    }

    Share recipients() {
        return recipients;
    }

    Share tier() {
        return tier;
    }

    Share status() {
        return status;
    }

    /** Those called hard that nobody else calls so; the fewer, the better. */
    Share wronglyHard() {
        return hard;
    }

    List<String> wrong() {
        return wrong;
    }

    @Override
    public String toString() {
        return String.format(
                "kind %-16s recipients %-16s tier %-16s status %-16s wrongly hard %s",
                kind, recipients, tier, status, hard);
    }
}
