package dev.authmail.outcome;

import dev.authmail.delivery.Answer;
import dev.authmail.delivery.Attempt;
import dev.authmail.delivery.Decision;
import dev.authmail.delivery.Fault;
import dev.authmail.delivery.HopResult;
import dev.authmail.delivery.Route;
import dev.authmail.delivery.Step;
import dev.authmail.delivery.UserState;
import dev.authmail.smtp.CertificateVerdict;
import dev.authmail.smtp.SmtpPhase;
import dev.authmail.smtp.SmtpReply;
import dev.authmail.smtp.SmtpServer;
import dev.authmail.smtp.TlsPolicy;
import dev.authmail.smtp.TlsSession;
import dev.authmail.smtp.Transaction;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The second attempt of an event, which ended in one way or another. */
final class Attempts {
    static final Instant FIRST = Instant.parse("2026-11-24T05:58:00Z");
    static final Instant STARTED = Instant.parse("2026-11-24T05:59:00Z");
    static final TlsSession TLS = new TlsSession("TLSv1.3", "TLS_AES_128_GCM_SHA256", CertificateVerdict.TRUSTED);

    private Attempts() {}

    static Attempt refused(SmtpPhase phase, int code, String text) {
        return tried(new Transaction.Refused(phase, new SmtpReply(code, List.of(text)), TLS));
    }

    static Attempt failed(SmtpPhase phase, @Nullable TlsSession tls) {
        return tried(new Transaction.Failed(phase, Transaction.Failure.CONNECTION_LOST, "gone", tls));
    }

    static Attempt tried(Transaction transaction) {
        return tried(TlsPolicy.OPPORTUNISTIC, transaction);
    }

    static Attempt tried(TlsPolicy policy, Transaction transaction) {
        return with(new HopResult.Tried(server(policy), transaction));
    }

    static Attempt with(HopResult result) {
        Decision decision =
                new Decision(Step.LATER, null, Fault.NETWORK, "r", null, UserState.DELAYED, Duration.ZERO, false, "d");
        Answer answer = new Answer("direct", Route.DIRECT, result, decision);
        return new Attempt(2, FIRST, STARTED, STARTED.plusSeconds(3600), null, List.of(answer));
    }

    private static SmtpServer server(TlsPolicy policy) {
        try {
            InetAddress address = InetAddress.getByAddress("mx.b.test", new byte[] {(byte) 192, 0, 2, 1});
            return new SmtpServer("mx.b.test", address, 25, policy, null);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
