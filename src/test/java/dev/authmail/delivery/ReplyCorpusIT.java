package dev.authmail.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.smtp.SmtpPhase;
import dev.authmail.smtp.SmtpReply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The shipped rules on replies that others collected and judged. */
@Tag("real")
class ReplyCorpusIT {
    private static final Path CORPUS = Path.of("../shared/corpora/replies/replies.tsv");
    /** Texts that servers were seen to say; the others are made from patterns, or are no replies of a server. */
    private static final Set<String> SEEN = Set.of("verbatim", "provider-doc", "test");

    private final ReplyClassifier classifier = new ReplyClassifier(ReplyRules.shipped());

    /** One row that is to be scored. */
    private record Row(String id, String reply, Set<String> accept, String provenance) {}

    /** How the rules did. Wrongly hard: of what must not be hard; missed: of what must be nothing else. In per cent. */
    private record Score(double right, double wronglyHard, double missedHard, double byFirstDigit) {}

    @Test
    void repliesThatOthersJudgedAreReadAlike() throws IOException {
        List<Row> all = rows();
        List<Row> seen =
                all.stream().filter(row -> SEEN.contains(row.provenance())).toList();
        Files.createDirectories(Path.of("target"));
        Files.write(
                Path.of("target/replies-wrong.tsv"),
                all.stream()
                        .filter(row -> !row.accept().contains(tier(row)))
                        .map(row -> String.join(
                                "\t", row.id(), tier(row), row.accept().toString(), row.reply()))
                        .toList());
        Score score = score(seen);
        System.out.printf(
                "replies seen: %d rows, %s%nreplies: %d rows, %s%n", seen.size(), score, all.size(), score(all));

        assertThat(seen).hasSizeGreaterThan(230);
        assertThat(score.right()).as("see target/replies-wrong.tsv").isGreaterThanOrEqualTo(97);
        assertThat(score.wronglyHard()).isLessThanOrEqualTo(1);
        assertThat(score.missedHard()).isLessThanOrEqualTo(4);
        assertThat(score(all).right()).isGreaterThanOrEqualTo(97);
        assertThat(score.right()).isGreaterThan(score.byFirstDigit() + 40);
    }

    private Score score(List<Row> rows) {
        return new Score(
                share(rows, row -> true, row -> row.accept().contains(tier(row))),
                share(
                        rows,
                        row -> !row.accept().contains("hard"),
                        row -> tier(row).equals("hard")),
                share(
                        rows,
                        row -> row.accept().equals(Set.of("hard")),
                        row -> !tier(row).equals("hard")),
                share(rows, row -> true, row -> row.accept().contains(byFirstDigit(row))));
    }

    private static double share(List<Row> rows, Predicate<Row> of, Predicate<Row> which) {
        long all = rows.stream().filter(of).count();
        return Math.round(1000.0 * rows.stream().filter(of).filter(which).count() / all) / 10.0;
    }

    private String tier(Row row) {
        QuotedReply quoted = QuotedReply.parse(row.reply());
        SmtpReply reply = quoted.reply();
        if (reply.isPositive()) {
            return BounceTier.DELIVERED.code();
        }
        SmtpPhase phase = quoted.phase().orElse(SmtpPhase.RCPT);
        Finding finding = classifier.classify(Route.DIRECT, phase, quoted.host().orElse(""), reply);
        return BounceTier.of(reply.isPermanent(), finding).code();
    }

    private static String byFirstDigit(Row row) {
        return QuotedReply.parse(row.reply()).reply().isPermanent() ? "hard" : "soft";
    }

    private static List<Row> rows() throws IOException {
        List<String> lines = Files.readAllLines(CORPUS);
        List<String> header = Arrays.asList(lines.getFirst().split("\t", -1));
        return lines.subList(1, lines.size()).stream()
                .map(line -> line.split("\t", -1))
                .filter(f -> !f[header.indexOf("tier_accept")].equals("*") && f[header.indexOf("conflict")].isEmpty())
                .map(f -> new Row(
                        f[header.indexOf("id")],
                        f[header.indexOf("reply")].replace("\\n", "\n"),
                        Set.of(f[header.indexOf("tier_accept")].split("\\|")),
                        f[header.indexOf("provenance")]))
                .toList();
    }
}
