package dev.authmail.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.smtp.SmtpPhase;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Servers name a mailbox in many words and say the same of it: each sentence of {@code replies/sentences.tsv} about each
 * word. What a person declines or what passes by waiting must not read as "nobody there", for that suppresses the address.
 */
class ReplySentenceTest {
    private static final List<String> SUBJECTS = List.of(
            "user", "recipient", "mailbox", "account", "address", "The user", "This mailbox", "<nobody@example.org>");
    private static final ReplyClassifier CLASSIFIER = new ReplyClassifier(ReplyRules.shipped());

    /** What is said, and the tiers that are right. */
    record Sentence(Set<String> tiers, String said) {
        @Override
        public String toString() {
            return said;
        }
    }

    static Stream<Sentence> sentences() {
        try (InputStream in = ReplySentenceTest.class.getResourceAsStream("/replies/sentences.tsv")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .map(line -> line.split("\t"))
                    .map(fields -> new Sentence(Set.of(fields[0].split("\\|")), fields[1]));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("sentences")
    void meansTheSameOfEachWord(Sentence sentence) {
        for (String subject : SUBJECTS) {
            String reply = "550 " + subject + " " + sentence.said();
            Finding finding = finding(SmtpPhase.RCPT, reply);

            assertThat(sentence.tiers())
                    .as("%s: %s", finding.rule(), reply)
                    .contains(BounceTier.of(true, finding).code());
        }
    }

    @Test
    void anAddressInTheAnswerToMailIsTheSendersAndNotTheRecipients() {
        Finding finding = finding(SmtpPhase.MAIL, "550 <a@sender.example> is not known here");

        assertThat(finding.fault()).isEqualTo(Fault.SENDER);
    }

    private static Finding finding(SmtpPhase phase, String reply) {
        return CLASSIFIER.classify(
                Route.DIRECT, phase, "mx.test", QuotedReply.parse(reply).reply());
    }
}
