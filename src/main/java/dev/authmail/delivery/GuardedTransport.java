package dev.authmail.delivery;

import dev.authmail.mail.SignedMessage;
import dev.authmail.smtp.Deadline;
import dev.authmail.smtp.Envelope;
import dev.authmail.smtp.SmtpTransport;
import dev.authmail.smtp.Transaction;
import dev.authmail.traffic.Admission;
import dev.authmail.traffic.Destination;
import dev.authmail.traffic.Gate;
import dev.authmail.traffic.Reception;
import org.jspecify.annotations.Nullable;

/** Offers a mail to a server when the gate lets it, and tells the gate how it was received. */
final class GuardedTransport {
    private final SmtpTransport transport;
    private final Gate gate;
    private final Meaning meaning;

    /** Says what a server's answer is about; null when it took the mail or may have. */
    @FunctionalInterface
    interface Meaning {
        @Nullable
        Finding of(HopResult.Tried tried);
    }

    GuardedTransport(SmtpTransport transport, Gate gate, Meaning meaning) {
        this.transport = transport;
        this.gate = gate;
        this.meaning = meaning;
    }

    /** {@link HopResult.Tried} or {@link HopResult.Skipped}. */
    HopResult offer(Destination to, Envelope envelope, SignedMessage message, Deadline deadline) {
        return switch (gate.ask(to)) {
            case Admission.Denied denied -> skipped(denied);
            case Admission.Permit permit -> offer(to, permit, envelope, message, deadline);
        };
    }

    private HopResult offer(
            Destination to, Admission.Permit permit, Envelope envelope, SignedMessage message, Deadline deadline) {
        Reception reception = new Reception.NotAsked();
        try {
            var tried = new HopResult.Tried(
                    to.server(), transport.offer(to.server(), envelope, message, deadline, to.patience()));
            reception = reception(tried, envelope);
            return tried;
        } finally {
            permit.ended(reception);
        }
    }

    private Reception reception(HopResult.Tried tried, Envelope envelope) {
        return switch (tried.transaction()) {
            case Transaction.Accepted accepted -> new Reception.Accepted();
            case Transaction.Unconfirmed unconfirmed -> new Reception.Unreachable(true);
            case Transaction.Failed failed -> FailureClassifier.reception(failed.failure());
            case Transaction.Refused refused -> refused(tried, refused, envelope);
        };
    }

    private Reception refused(HopResult.Tried tried, Transaction.Refused refused, Envelope envelope) {
        Finding finding = meaning.of(tried);
        if (finding != null && finding.aboutUs()) {
            String reply = refused.reply().code() + " " + refused.reply().text();
            return new Reception.RefusedUs(
                    refused.reply().isPermanent(),
                    finding.rule(),
                    finding.atLeast(),
                    SmtpText.redact(reply, envelope.forwardPath()));
        }
        return refused.reply().code() == 421 || isSession(refused)
                ? new Reception.Unreachable(false)
                : new Reception.Answered();
    }

    /** Whether no session came about, which is the same for every mail. */
    private static boolean isSession(Transaction.Refused refused) {
        return switch (refused.phase()) {
            case CONNECT, GREETING, EHLO, STARTTLS, TLS, AUTH -> true;
            case MAIL, RCPT, DATA, DOT -> false;
        };
    }

    static HopResult.Skipped skipped(Admission.Denied denied) {
        Fault fault = switch (denied.cause()) {
            case UNREACHABLE -> Fault.NETWORK;
            case CLOSED -> Fault.SENDER;
            case LIMITED -> Fault.SELF;
        };
        return new HopResult.Skipped(denied.why(), fault, denied.retryAfter());
    }
}
