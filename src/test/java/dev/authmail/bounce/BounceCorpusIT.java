package dev.authmail.bounce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.bounce.BounceCorpus.Mail;
import dev.authmail.delivery.ReplyRules;
import dev.authmail.mime.MimeLimits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The reader on mails that others collected and judged. */
@Tag("real")
class BounceCorpusIT {
    private final BounceReader reader =
            new BounceReader(BounceRules.shipped(), ReplyRules.shipped(), MimeLimits.defaults());

    @Test
    void mailsThatOthersJudgedAreReadAlike() throws IOException {
        List<Mail> mails = BounceCorpus.mails();
        BounceScore all = new BounceScore();
        for (Mail mail : mails) {
            add(mail, all);
        }
        Map<String, BounceScore> byCorpus = score(mails, Mail::corpus);
        Map<String, BounceScore> byView = score(mails, BounceCorpusIT::view);
        byView.forEach((name, score) -> System.out.printf("bounces, %-12s %s%n", name, score));
        byCorpus.forEach((name, score) -> System.out.printf("bounces, %-12s %s%n", name, score));
        System.out.printf("bounces, %-12s %s%n", "all", all);
        Files.createDirectories(Path.of("target"));
        for (Map.Entry<String, BounceScore> view : byView.entrySet()) {
            Files.write(
                    Path.of("target/bounces-wrong-" + view.getKey().replace(' ', '-') + ".tsv"),
                    view.getValue().wrong());
        }

        assertThat(mails).hasSizeGreaterThan(400);
        assertThat(all.kind().percent()).as("kind").isGreaterThanOrEqualTo(97);
        assertThat(all.recipients().percent()).as("recipients").isGreaterThanOrEqualTo(92);
        assertThat(all.tier().percent()).as("tier").isGreaterThanOrEqualTo(92);
        assertThat(all.status().percent()).as("status").isGreaterThanOrEqualTo(95);
        assertThat(all.wronglyHard().percent()).as("wrongly hard").isLessThanOrEqualTo(2);
        byCorpus.forEach((name, score) -> assertThat(score.recipients().percent())
                .as("recipients in " + name)
                .isGreaterThanOrEqualTo(85));
    }

    private Map<String, BounceScore> score(List<Mail> mails, Function<Mail, String> group) throws IOException {
        Map<String, BounceScore> scores = new TreeMap<>();
        for (Mail mail : mails) {
            add(mail, scores.computeIfAbsent(group.apply(mail), g -> new BounceScore()));
        }
        return scores;
    }

    private void add(Mail mail, BounceScore score) throws IOException {
        try (InputStream in = Files.newInputStream(mail.file())) {
            score.add(mail, reader.read(in));
        }
    }

    /** When the mail was looked at while rules were written; none is left that was not. */
    private static String view(Mail mail) {
        try {
            byte[] name = mail.file().getFileName().toString().getBytes(StandardCharsets.UTF_8);
            byte[] digest = MessageDigest.getInstance("MD5").digest(name);
            return digest[0] % 2 == 0 ? "seen" : digest[1] % 2 == 0 ? "seen later" : "seen last";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
