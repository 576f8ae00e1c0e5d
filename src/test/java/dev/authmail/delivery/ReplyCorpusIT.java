package dev.authmail.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.smtp.SmtpPhase;
import dev.authmail.smtp.SmtpReply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The shipped rules on replies that others collected and judged. */
@Tag("real")
class ReplyCorpusIT {
    private static final Path CORPUS = Path.of("../shared/corpora/replies/replies.tsv");
    private static final Pattern CODE = Pattern.compile("\\b([2-5]\\d\\d)(?=[ -]|$)");

    private final ReplyClassifier classifier = new ReplyClassifier(ReplyRules.shipped());

    /** One row that is to be scored. */
    private record Case(String id, String reply, String code, String enhanced, Set<String> accept) {}

    @Test
    void repliesThatOthersJudgedAreReadAlike() throws IOException {
        List<Case> all = cases();
        List<Case> coded = all.stream().filter(c -> !c.code().isEmpty()).toList();
        List<String> wrong = all.stream()
                .filter(c -> !right(c))
                .map(c -> String.join("\t", c.id(), tier(c), c.accept().toString(), rule(c), c.reply()))
                .toList();
        long codedRight = coded.stream().filter(this::right).count();
        int right = all.size() - wrong.size();
        Files.createDirectories(Path.of("target"));
        Files.write(Path.of("target/replies-wrong.tsv"), wrong);
        System.out.printf(
                "replies: %d of %d as accepted; of those that begin with a reply code %d of %d%n",
                right, all.size(), codedRight, coded.size());

        assertThat(all).hasSizeGreaterThan(350);
        assertThat(right * 100 / all.size())
                .as("per cent; see target/replies-wrong.tsv")
                .isGreaterThanOrEqualTo(75);
    }

    private boolean right(Case c) {
        return c.accept().contains(tier(c));
    }

    private String rule(Case c) {
        return finding(c).rule();
    }

    /** Our words in theirs: hard and soft are about the recipient, policy is about sender, message and rules. */
    private String tier(Case c) {
        Finding finding = finding(c);
        boolean permanent = code(c) >= 500;
        if (!permanent || finding.scope() == Scope.HOST || finding.userState() == UserState.MAILBOX_FULL) {
            return "soft";
        }
        return finding.fault() == Fault.RECIPIENT ? "hard" : "policy";
    }

    private Finding finding(Case c) {
        String text = c.reply().startsWith(c.code()) && !c.code().isEmpty()
                ? c.reply().substring(c.code().length()).replaceFirst("^[ -]", "")
                : c.reply();
        String host = text.contains("gsmtp") || text.contains("google.com") ? "mx.google.com" : "mx.example.test";
        return classifier.classify(Route.DIRECT, phase(text), host, new SmtpReply(code(c), List.of(text)));
    }

    private static int code(Case c) {
        if (!c.code().isEmpty()) {
            return Integer.parseInt(c.code());
        }
        Matcher m = CODE.matcher(c.reply());
        return m.find() ? Integer.parseInt(m.group(1)) : c.enhanced().startsWith("4") ? 450 : 550;
    }

    private static SmtpPhase phase(String text) {
        if (text.contains("in reply to MAIL FROM") || text.contains("[MAIL_FROM]")) {
            return SmtpPhase.MAIL;
        }
        return text.contains("in reply to end of DATA") ? SmtpPhase.DOT : SmtpPhase.RCPT;
    }

    private static List<Case> cases() throws IOException {
        List<String> lines = Files.readAllLines(CORPUS);
        List<String> header = Arrays.asList(lines.get(0).split("\t", -1));
        List<Case> cases = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] f = line.split("\t", -1);
            String accept = f[header.indexOf("tier_accept")];
            if (!accept.equals("*") && f[header.indexOf("conflict")].isEmpty()) {
                cases.add(new Case(
                        f[0],
                        f[header.indexOf("reply")],
                        f[header.indexOf("code")],
                        f[header.indexOf("enhanced")],
                        Set.of(accept.split("\\|"))));
            }
        }
        return cases;
    }
}
