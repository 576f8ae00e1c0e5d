package dev.authmail.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.authmail.smtp.Transaction.Accepted;
import dev.authmail.smtp.Transaction.Failed;
import dev.authmail.smtp.Transaction.Failure;
import dev.authmail.smtp.Transaction.Refused;
import dev.authmail.smtp.Transaction.Unconfirmed;
import dev.authmail.testkit.ReceivedMail;
import dev.authmail.testkit.ScriptedSmtpServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PooledSmtpTransportTest extends ScriptedServerCase {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final PoolSettings GENEROUS = new PoolSettings(4, 100, HOUR, 1000, HOUR, HOUR);

    private final List<PooledSmtpTransport> transports = new ArrayList<>();

    @AfterEach
    void hangUp() {
        transports.forEach(PooledSmtpTransport::close);
    }

    @Test
    void oneConnectionCarriesManyMails() {
        PooledSmtpTransport transport = transport(GENEROUS);

        for (int i = 0; i < 20; i++) {
            assertThat(offer(transport, "user" + i)).isInstanceOf(Accepted.class);
        }

        assertThat(server.connections()).isEqualTo(1);
        assertThat(server.mails()).hasSize(20);
        assertThat(server.commands("RSET")).as("not needed after a message").isEmpty();
        assertThat(server.commands("NOOP"))
                .as("not needed on a busy connection")
                .isEmpty();
        assertThat(transport.stats()).isEqualTo(new PoolStats(0, 1, 0, 1));
    }

    @Test
    void aTlsConnectionCarriesManyMailsAndTellsOfItsTls() {
        server.startTls(AUTHORITY.validFor(HOST));
        PooledSmtpTransport transport = transport(GENEROUS);

        for (int i = 0; i < 5; i++) {
            Transaction transaction = transport.offer(target(TlsPolicy.VERIFIED), ENVELOPE, HELLO, soon());
            assertThat(transaction).isInstanceOf(Accepted.class);
            assertThat(tlsOf(transaction).verified()).isTrue();
        }

        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void aConnectionEndsAfterItsMessages() {
        PooledSmtpTransport transport = transport(new PoolSettings(4, 100, HOUR, 3, HOUR, HOUR));

        for (int i = 0; i < 7; i++) {
            offer(transport, "user");
        }

        assertThat(server.mails()).extracting(ReceivedMail::connection).containsExactly(1, 1, 1, 2, 2, 2, 3);
        transport.close();
        server.awaitNoConnection(); // QUIT is said without waiting for the answer
        assertThat(server.commands("QUIT")).hasSize(3);
    }

    @Test
    void howManyMessagesAConnectionTakesIsAskedAfterEach() {
        AtomicInteger allowed = new AtomicInteger(100);
        PooledSmtpTransport transport = new PooledSmtpTransport(client(), GENEROUS, server -> allowed.get());
        transports.add(transport);
        offer(transport, "user");
        offer(transport, "user");
        allowed.set(1);
        offer(transport, "user");
        offer(transport, "user");

        assertThat(server.mails()).extracting(ReceivedMail::connection).containsExactly(1, 1, 2, 3);
        server.awaitNoConnection();
    }

    @Test
    void aConnectionEndsAtItsAge() {
        PooledSmtpTransport transport = transport(new PoolSettings(4, 100, HOUR, 100, Duration.ZERO, HOUR));

        offer(transport, "user");
        offer(transport, "user");

        assertThat(server.connections()).isEqualTo(2);
    }

    @Test
    void anIdleConnectionIsClosedWithGoodManners() {
        PooledSmtpTransport transport = transport(new PoolSettings(4, 100, Duration.ofMillis(100), 100, HOUR, HOUR));

        offer(transport, "user");

        server.awaitNoConnection();
        assertThat(server.commands("QUIT")).hasSize(1);
        await().untilAsserted(() -> assertThat(transport.stats().idle()).isZero());
    }

    @Test
    void aConnectionThatWasIdleForLongIsAskedFirst() {
        PooledSmtpTransport transport = transport(new PoolSettings(4, 100, HOUR, 100, HOUR, Duration.ZERO));

        offer(transport, "user");
        offer(transport, "user");

        assertThat(server.connections()).isEqualTo(1);
        assertThat(server.commands("NOOP")).hasSize(1);
    }

    @Test
    void aConnectionThatTheServerClosedSilentlyIsReplaced() {
        PooledSmtpTransport transport = transport(GENEROUS);
        offer(transport, "user");
        server.cutAll();

        assertThat(offer(transport, "user")).isInstanceOf(Accepted.class);
        assertThat(server.connections()).isEqualTo(2);
    }

    @Test
    void aConnectionThatTheServerClosesAtMailIsReplaced() {
        PooledSmtpTransport transport = transport(GENEROUS);
        offer(transport, "user");
        server.on("MAIL").close().times(1);

        assertThat(offer(transport, "user")).isInstanceOf(Accepted.class);
        assertThat(server.connections()).isEqualTo(2);
    }

    @Test
    void aFarewellAtMailIsNoRefusalOnAKeptConnection() {
        PooledSmtpTransport transport = transport(GENEROUS);
        offer(transport, "user");
        server.on("MAIL").reply("421 4.4.2 idle for too long").close().times(1);

        assertThat(offer(transport, "user")).isInstanceOf(Accepted.class);
        assertThat(server.connections()).isEqualTo(2);
    }

    @Test
    void aConnectionOnWhichTheServerHasSpokenUnaskedIsNotUsedAgain() {
        PooledSmtpTransport transport = transport(GENEROUS);
        offer(transport, "user");
        server.say("421 4.4.2 idle for too long");

        assertThat(offer(transport, "user")).isInstanceOf(Accepted.class);
        assertThat(server.connections()).isEqualTo(2);
        assertThat(server.commands("MAIL")).as("none on the old connection").hasSize(2);
    }

    @Test
    void aFarewellAtMailIsARefusalOnANewConnection() {
        server.on("MAIL").reply("421 4.7.0 too many").close();
        PooledSmtpTransport transport = transport(GENEROUS);

        assertThat(offer(transport, "user"))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.reply().code()).isEqualTo(421));
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void aDeadConnectionIsReplacedOnce() {
        PooledSmtpTransport transport = transport(GENEROUS);
        offer(transport, "user");
        server.on("MAIL").close();

        assertThat(offer(transport, "user"))
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.failure()).isEqualTo(Failure.CONNECTION_LOST));
        assertThat(server.connections()).isEqualTo(2);
    }

    @Test
    void aMailThatMayHaveBeenDeliveredIsNeverSentAgain() {
        PooledSmtpTransport transport = transport(GENEROUS);
        offer(transport, "user");
        server.cutAfterDot();

        assertThat(offer(transport, "user")).isInstanceOf(Unconfirmed.class);
        assertThat(server.connections()).isEqualTo(1);
        assertThat(server.mails()).hasSize(2);
    }

    @Test
    void aRefusedRecipientCostsAResetAndNotTheConnection() {
        server.on("RCPT TO:<nobody@").reply("550 5.1.1 no such user");
        PooledSmtpTransport transport = transport(GENEROUS);

        assertThat(offer(transport, "nobody")).isInstanceOf(Refused.class);
        assertThat(offer(transport, "user")).isInstanceOf(Accepted.class);
        assertThat(offer(transport, "user")).isInstanceOf(Accepted.class);

        assertThat(server.connections()).isEqualTo(1);
        assertThat(server.commands("RSET")).hasSize(1);
    }

    @Test
    void aRefusedResetIsNotTheFaultOfTheNextMail() {
        server.on("RCPT TO:<nobody@").reply("550 5.1.1 no such user");
        server.on("RSET").reply("502 5.5.1 not known");
        PooledSmtpTransport transport = transport(GENEROUS);
        offer(transport, "nobody");

        assertThat(offer(transport, "user")).isInstanceOf(Accepted.class);
        assertThat(server.connections()).isEqualTo(2);
    }

    @Test
    void aRefusedMessageCostsNeither() {
        server.onDot().reply("554 5.7.1 spam").times(1);
        PooledSmtpTransport transport = transport(GENEROUS);

        assertThat(offer(transport, "user")).isInstanceOf(Refused.class);
        assertThat(offer(transport, "user")).isInstanceOf(Accepted.class);

        assertThat(server.connections()).isEqualTo(1);
        assertThat(server.commands("RSET")).isEmpty();
    }

    @Test
    void aReplyTooManyIsNotTakenForTheNextAnswer() {
        server.onDot()
                .reply("250 2.0.0 ok\r\n250 2.1.0 ok\r\n250 2.1.5 ok\r\n354 go on\r\n250 2.0.0 ok")
                .times(1);
        server.on("RCPT TO:<nobody@").reply("550 5.1.1 no such user");
        PooledSmtpTransport transport = transport(GENEROUS);
        offer(transport, "user");

        assertThat(offer(transport, "nobody")).isInstanceOf(Refused.class);
        assertThat(server.connections()).isEqualTo(2);
    }

    @Test
    void serversWithOtherDemandsDoNotShareAConnection() {
        PooledSmtpTransport transport = transport(GENEROUS);

        transport.offer(target(TlsPolicy.NONE), ENVELOPE, HELLO, soon());
        transport.offer(target(TlsPolicy.OPPORTUNISTIC), ENVELOPE, HELLO, soon());

        assertThat(server.connections()).isEqualTo(2);
    }

    @Test
    void theLimitPerServerHoldsUnderAHundredThreads() throws Exception {
        server.delayPerCommand(Duration.ofMillis(2));
        PooledSmtpTransport transport = transport(GENEROUS);

        List<Transaction> all = together(100, () -> offer(transport, "user"));

        assertThat(all).hasSize(100).allMatch(Accepted.class::isInstance);
        assertThat(server.mails()).hasSize(100);
        assertThat(server.peakConnections()).isBetween(2, 4);
        assertThat(transport.stats().active()).isZero();
    }

    @Test
    void brokenConnectionsFreeTheirPlaceForThoseWhoWait() throws Exception {
        server.onDot().close();
        PooledSmtpTransport transport = transport(GENEROUS);

        List<Transaction> all = together(50, () -> offer(transport, "user"));

        assertThat(all).hasSize(50).allMatch(Unconfirmed.class::isInstance);
        assertThat(server.peakConnections()).isLessThanOrEqualTo(8);
    }

    @Test
    void theLimitInAllIsSharedByTheServers() throws Exception {
        try (ScriptedSmtpServer second = ScriptedSmtpServer.start("127.0.0.2", server.port())) {
            server.delayPerCommand(Duration.ofMillis(5));
            second.delayPerCommand(Duration.ofMillis(5));
            PooledSmtpTransport transport = transport(new PoolSettings(10, 3, HOUR, 1000, HOUR, HOUR));
            SmtpServer other = new SmtpServer(HOST, second.address(), second.port(), TlsPolicy.NONE, null);

            List<Transaction> all = together(40, () -> {
                offer(transport, "user");
                return transport.offer(other, ENVELOPE, HELLO, soon());
            });

            assertThat(all).allMatch(Accepted.class::isInstance);
            assertThat(server.mails().size() + second.mails().size()).isEqualTo(80);
            assertThat(server.peakConnections()).isLessThanOrEqualTo(4);
        }
    }

    @Test
    void waitingForAFreeConnectionEndsAtTheDeadline() throws Exception {
        server.onDot().stall(Duration.ofSeconds(2)).times(1);
        PooledSmtpTransport transport = transport(new PoolSettings(1, 100, HOUR, 100, HOUR, HOUR));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Transaction> slow = threads.submit(() -> offer(transport, "user"));
            server.awaitMails(1);

            Transaction late =
                    transport.offer(target(TlsPolicy.NONE), ENVELOPE, HELLO, Deadline.in(Duration.ofMillis(200)));

            assertThat(late).isInstanceOfSatisfying(Failed.class, failed -> {
                assertThat(failed.phase()).isEqualTo(SmtpPhase.CONNECT);
                assertThat(failed.failure()).isEqualTo(Failure.CONGESTED);
                assertThat(failed.detail()).startsWith("no free connection to mx.b.test[127.0.0.1]");
            });
            assertThat(slow.get()).isInstanceOf(Accepted.class);
        }
    }

    @Test
    void afterOneWaitInVainNobodyWaitsUntilThereIsRoomAgain() throws Exception {
        PooledSmtpTransport transport = transport(new PoolSettings(2, 100, HOUR, 100, HOUR, HOUR));
        server.onDot().stall(Duration.ofSeconds(2)).times(2);
        Duration patience = Duration.ofMillis(300);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Transaction>> slow = List.of(
                    threads.submit(() -> offer(transport, "slow")), threads.submit(() -> offer(transport, "slow")));
            await().until(() -> server.commands(".").size() == 2);

            assertThat(timeOf(() -> offer(transport, patience))).isGreaterThan(patience);
            assertThat(timeOf(() -> offer(transport, patience))).as("not again").isLessThan(patience);
            for (Future<Transaction> mail : slow) {
                assertThat(mail.get()).isInstanceOf(Accepted.class);
            }
            assertThat(offer(transport, patience)).isInstanceOf(Accepted.class);
        }
    }

    private Transaction offer(PooledSmtpTransport transport, Duration patience) {
        return transport.offer(target(TlsPolicy.NONE), ENVELOPE, HELLO, soon(), patience);
    }

    private static Duration timeOf(Callable<Transaction> call) throws Exception {
        long began = System.nanoTime();
        assertThat(call.call()).isInstanceOf(Failed.class);
        return Duration.ofNanos(System.nanoTime() - began);
    }

    @Test
    void aServerThatCannotBeReachedIsReportedToEveryCaller() throws Exception {
        PooledSmtpTransport transport = transport(GENEROUS);
        server.close();

        assertThat(together(20, () -> offer(transport, "user")))
                .hasSize(20)
                .allSatisfy(transaction -> assertThat(transaction)
                        .isInstanceOfSatisfying(
                                Failed.class,
                                failed -> assertThat(failed.failure()).isEqualTo(Failure.NO_CONNECTION)));
        assertThat(transport.stats().opened())
                .as("each caller dialled for itself")
                .isEqualTo(20);
    }

    @Test
    void closingSaysQuit() {
        PooledSmtpTransport transport = transport(GENEROUS);
        offer(transport, "user");

        transport.close();

        server.awaitNoConnection();
        assertThat(server.commands("QUIT")).hasSize(1);
        assertThat(offer(transport, "user"))
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.detail()).isEqualTo("the transport is closed"));
    }

    private PooledSmtpTransport transport(PoolSettings settings) {
        PooledSmtpTransport transport = new PooledSmtpTransport(client(), settings);
        transports.add(transport);
        return transport;
    }

    private Transaction offer(PooledSmtpTransport transport, String localPart) {
        return transport.offer(target(TlsPolicy.NONE), envelope(localPart), HELLO, soon());
    }

    private static List<Transaction> together(int count, Callable<Transaction> offer)
            throws InterruptedException, ExecutionException {
        List<Transaction> all = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Transaction>> futures = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                futures.add(threads.submit(offer));
            }
            for (Future<Transaction> future : futures) {
                all.add(future.get());
            }
        }
        return all;
    }
}
