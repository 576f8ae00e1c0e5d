package dev.authmail.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.smtp.SmtpPhase;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The shipped rules on what servers say: {@code replies/wordings.tsv}, a line each. */
class ReplyWordingTest {
    private static final ReplyClassifier CLASSIFIER = new ReplyClassifier(ReplyRules.shipped());

    /** A reply and the tiers that are right. */
    record Wording(Set<String> tiers, SmtpPhase phase, String mx, String reply, String who) {
        @Override
        public String toString() {
            return who + ": " + reply;
        }
    }

    static Stream<Wording> wordings() {
        return lines().stream().skip(1).map(line -> line.split("\t", -1)).map(ReplyWordingTest::wording);
    }

    private static Wording wording(String[] fields) {
        return new Wording(
                Set.of(fields[0].split("\\|")),
                SmtpPhase.valueOf(fields[1].toUpperCase(Locale.ROOT)),
                fields[2],
                fields[3].replace("\\n", "\n"),
                fields[4]);
    }

    private static List<String> lines() {
        try (InputStream in = ReplyWordingTest.class.getResourceAsStream("/replies/wordings.tsv")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("wordings")
    void isSortedRightly(Wording wording) {
        QuotedReply quoted = QuotedReply.parse(wording.reply());
        if (quoted.reply().isPositive()) {
            assertThat(wording.tiers()).containsExactly("delivered");
            return;
        }
        Finding finding =
                CLASSIFIER.classify(Route.DIRECT, quoted.phase().orElse(wording.phase()), wording.mx(), quoted.reply());
        BounceTier tier = BounceTier.of(quoted.reply().isPermanent(), finding);

        assertThat(wording.tiers()).as(finding.rule()).contains(tier.code());
    }

    @Test
    void whatATextMustHoldLeavesNothingOut() {
        List<ReceivedReply> replies = wordings()
                .map(w -> QuotedReply.parse(w.reply()).reply())
                .map(reply -> ReceivedReply.of(Route.DIRECT, SmtpPhase.RCPT, "mx.test", reply))
                .toList();
        for (Rule rule : ReplyRules.shipped().inOrder()) {
            for (TextPattern text : rule.texts()) {
                Pattern plain = Pattern.compile(text.toString());
                assertThat(replies)
                        .as(text.toString())
                        .allMatch(reply -> text.mayBeIn(reply.trigrams())
                                || !plain.matcher(reply.lower()).find());
            }
        }
    }

    @Test
    void allPatternsButFewAreLeftAsideForATextThatHoldsNothingOfThem() {
        ReceivedReply nothing = ReceivedReply.of(
                Route.DIRECT,
                SmtpPhase.RCPT,
                "mx.test",
                QuotedReply.parse("550 zzqq wwvv").reply());
        List<TextPattern> all = ReplyRules.shipped().inOrder().stream()
                .flatMap(rule -> rule.texts().stream())
                .toList();

        assertThat(all.stream().filter(text -> text.mayBeIn(nothing.trigrams())))
                .hasSizeLessThan(all.size() / 4);
    }
}
