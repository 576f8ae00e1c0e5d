package dev.authmail.routes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.authmail.camel.MatchBounce;
import dev.authmail.testkit.ComesBack;
import dev.authmail.testkit.Letter;
import dev.authmail.testkit.MailboxServer;
import dev.authmail.testkit.Outcome;
import dev.authmail.testkit.ReadMail;
import dev.authmail.testkit.ReceivedMail;
import dev.authmail.testkit.TestAuthmail;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What comes back to the mailbox corrects what the application was told, and only what proves to be ours does. */
class BounceRouteTest {
    private static final String UNKNOWN = "550 5.1.1 no such user <%s>";

    @TempDir
    static Path keys;

    private static MailboxServer mailbox;
    private static TestAuthmail authmail;

    @BeforeAll
    static void start() throws Exception {
        Files.writeString(keys.resolve("2026-11.key"), Base64.getUrlEncoder().encodeToString(new byte[32]));
        mailbox = MailboxServer.start();
        authmail = new TestAuthmail();
        authmail.set("authmail.suppression.keys", keys);
        mailbox.tell(authmail, "imaps");
        authmail.with(Breaks.class).start();
    }

    /** A step that breaks at one kind of mail, as a mistake of ours would. */
    @Configuration(proxyBeanMethods = false)
    static class Breaks {
        static final AtomicInteger TIMES = new AtomicInteger();

        @Bean
        static BeanPostProcessor breaks() {
            return new BeanPostProcessor() {
                @Override
                public Object postProcessAfterInitialization(Object bean, String name) {
                    return bean instanceof MatchBounce match ? (Processor) exchange -> at(exchange, match) : bean;
                }
            };
        }

        private static void at(Exchange exchange, Processor next) throws Exception {
            if (exchange.getIn().getBody(String.class).contains("Subject: breaks-us")) {
                TIMES.incrementAndGet();
                throw new IllegalStateException("a mistake of ours");
            }
            next.process(exchange);
        }
    }

    @AfterAll
    static void stop() {
        authmail.close();
        mailbox.close();
    }

    @Test
    void aMailboxThatNobodyHasIsToldAndGetsNoMoreMail() {
        String sender = sent("hard", "nobody@good.test").from();
        mailbox.deliver(report(sender, "hard", "nobody@good.test", "failed", "5.1.1", UNKNOWN));

        Outcome bounced = authmail.outcome("hard", "bounced");
        assertThat(bounced.schemaProblems()).isEmpty();
        assertThat(bounced.data("userState")).isEqualTo("address-unknown");
        assertThat(bounced.data("reason")).isEqualTo("bounced");
        assertThat(bounced.data("fault")).isEqualTo("recipient");
        assertThat(bounced.data("attempt")).isEqualTo("1");
        assertThat(bounced.data("smtpReply")).isEqualTo("550");
        assertThat(bounced.data("smtpStatus")).isEqualTo("5.1.1");
        assertThat(bounced.data("smtpText")).doesNotContain("nobody");
        assertThat(bounced.attribute("subject")).isEqualTo("u-hard");
        assertThat(bounced.key()).isEqualTo("u-hard");
        Letter letter = authmail.deadLetter("hard");
        assertThat(letter.reason()).isEqualTo("bounced");
        assertThat(new String(letter.value(), UTF_8))
                .contains("\"eventId\":\"hard\"", "nobody@good.test", "unknown-user");
        assertThat(letter.headers().values()).noneMatch(value -> value.contains("nobody"));
        moved("hard", "processed");

        authmail.register("hard-2", "Nobody@good.test");
        assertThat(authmail.finalOutcome("hard-2").type()).isEqualTo("suppressed");
    }

    @Test
    void theSameNewsTwiceIsToldOnce() {
        String sender = sent("twice", "twice@good.test").from();
        mailbox.deliver(report(sender, "twice-1", "twice@good.test", "failed", "5.1.1", UNKNOWN));
        mailbox.deliver(report(sender, "twice-2", "twice@good.test", "failed", "5.1.1", UNKNOWN));

        moved("twice-1", "processed");
        moved("twice-2", "processed");
        assertThat(authmail.outcomesOf("twice").stream().filter(o -> o.type().equals("bounced")))
                .hasSize(1);
    }

    @Test
    void aFullMailboxIsToldAndSuppressesNobody() {
        String sender = sent("full", "full@good.test").from();
        mailbox.deliver(report(sender, "full", "full@good.test", "failed", "5.2.2", "552 5.2.2 mailbox full"));

        assertThat(authmail.outcome("full", "bounced").data("userState")).isEqualTo("mailbox-full");
        authmail.register("full-2", "full@good.test");
        assertThat(authmail.finalOutcome("full-2").type()).isEqualTo("accepted");
    }

    @Test
    void aComplaintSuppressesEvenWhoTypesTheAddressAgain() {
        String sender = sent("spam", "annoyed@good.test").from();
        mailbox.deliver(ComesBack.complaint(sender, "spam"));

        Outcome complained = authmail.outcome("spam", "complained");
        assertThat(complained.schemaProblems()).isEmpty();
        assertThat(complained.data("userState")).isEqualTo("address-refused");
        assertThat(authmail.deadLetter("spam").reason()).isEqualTo("complained");
        authmail.register("""
                {"id": "spam-2", "userId": "u-spam", "email": "annoyed@good.test", "addressConfirmed": true}""");
        assertThat(authmail.finalOutcome("spam-2").type()).isEqualTo("suppressed");
    }

    @Test
    void aForwardersRecipientIsToldAndOurAddressIsTheOneThatRests() {
        String sender = sent("forward", "alias@good.test").from();
        mailbox.deliver(report(sender, "forward", "real@else.test", "failed", "5.1.1", UNKNOWN));

        assertThat(authmail.outcome("forward", "bounced").data("userState")).isEqualTo("address-unknown");
        authmail.register("forward-2", "alias@good.test");
        assertThat(authmail.finalOutcome("forward-2").type()).isEqualTo("suppressed");
        authmail.register("forward-3", "real@good.test");
        assertThat(authmail.finalOutcome("forward-3").type()).isEqualTo("accepted");
    }

    @Test
    void theMessageIdAloneIsProofEnough() {
        ReceivedMail mail = sent("by-id", "by-id@good.test");
        mailbox.deliver(ComesBack.reportWithout(
                "by-id", "by-id@good.test", ReadMail.of(mail).messageId()));

        assertThat(authmail.outcome("by-id", "bounced").data("smtpStatus")).isEqualTo("5.1.1");
    }

    @ParameterizedTest(name = "{0}: {5}")
    @CsvSource({
        "delayed,  delayed,   4.4.1, 451 4.4.1 no answer,  processed, it is still tried",
        "received, delivered, 2.0.0, 250 2.0.0 Ok,         processed, it was delivered",
    })
    void whatIsNoLossChangesNothing(
            String id, String action, String status, String said, String folder, String reason) {
        String sender = sent(id, id + "@good.test").from();
        mailbox.deliver(report(sender, id, id + "@good.test", action, status, said));

        moved(id, folder);
        assertThat(authmail.outcomesOf(id)).extracting(Outcome::type).as(reason).containsExactly("accepted");
    }

    @Test
    void anAutomaticReplyChangesNothing() {
        String sender = sent("away", "away@good.test").from();
        mailbox.deliver(ComesBack.vacation(sender, "away"));

        moved("away", "processed");
        assertThat(authmail.outcomesOf("away")).extracting(Outcome::type).containsExactly("accepted");
    }

    @Test
    void whoProvesNothingChangesNothing() {
        String sender = sent("forged", "forged@good.test").from();
        char last = sender.charAt(sender.indexOf('@') - 2);
        String forged = sender.substring(0, sender.indexOf('@') - 2)
                + (last == 'a' ? 'b' : 'a')
                + sender.substring(sender.indexOf('@') - 1);
        mailbox.deliver(report(forged, "forged-token", "forged@good.test", "failed", "5.1.1", UNKNOWN));
        mailbox.deliver(report("no-reply@sender.test", "no-token", "forged@good.test", "failed", "5.1.1", UNKNOWN));
        mailbox.deliver(ComesBack.reportWithout(
                "plain-message-id", "forged@good.test", "<" + "a".repeat(44) + "@sender.test>"));

        moved("forged-token", "unmatched");
        moved("no-token", "unmatched");
        moved("plain-message-id", "unmatched");
        assertThat(authmail.outcomesOf("forged")).extracting(Outcome::type).containsExactly("accepted");
        authmail.register("forged-2", "forged@good.test");
        assertThat(authmail.finalOutcome("forged-2").type()).isEqualTo("accepted");
    }

    @Test
    void ourOwnMailInTheMailboxDoesNoHarm() {
        ReceivedMail mail = sent("loop", "loop@good.test");
        mailbox.deliver("Return-Path: <" + mail.from() + ">\nDelivered-To: " + mail.from() + "\n"
                + new String(mail.octets(), UTF_8));

        await().untilAsserted(() -> assertThat(mailbox.subjectsIn("INBOX")).isEmpty());
        assertThat(authmail.outcomesOf("loop")).extracting(Outcome::type).containsExactly("accepted");
    }

    @Test
    void aMailThatBreaksUsIsPutAsideAfterThreeTimesAndKeepsNoOtherFromBeingRead() {
        String sender = sent("behind", "behind@good.test").from();
        mailbox.deliver(report("no-reply@sender.test", "breaks-us", "x@good.test", "failed", "5.1.1", UNKNOWN));
        mailbox.deliver(report(sender, "behind", "behind@good.test", "failed", "5.1.1", UNKNOWN));

        assertThat(authmail.outcome("behind", "bounced").data("userState")).isEqualTo("address-unknown");
        moved("breaks-us", "unreadable");
        assertThat(Breaks.TIMES).hasValue(3);
    }

    private static ReceivedMail sent(String id, String email) {
        authmail.register(id, email);
        authmail.outcome(id, "accepted");
        return authmail.relay.awaitMailsTo(email, 1).getFirst();
    }

    private static String report(
            String to, String subject, String recipient, String action, String status, String said) {
        return ComesBack.report(to, subject, recipient, action, status, said.formatted(recipient));
    }

    private static void moved(String subject, String folder) {
        await("the mail " + subject + " in " + folder).untilAsserted(() -> {
            assertThat(
                            mailbox.subjectsIn("authmail.processed").isEmpty()
                                    ? mailbox.subjectsIn("authmail/" + folder)
                                    : mailbox.subjectsIn("authmail." + folder))
                    .contains(subject);
            assertThat(mailbox.subjectsIn("INBOX")).doesNotContain(subject);
        });
    }
}
