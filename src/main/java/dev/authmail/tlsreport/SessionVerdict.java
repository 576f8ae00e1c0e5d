package dev.authmail.tlsreport;

import dev.authmail.delivery.HopResult;
import dev.authmail.delivery.TlsFailure;
import dev.authmail.mtasts.PolicyFetch;
import dev.authmail.mtasts.StsLookup;
import dev.authmail.mtasts.StsPolicy;
import dev.authmail.mx.MailExchanger;
import dev.authmail.smtp.SmtpPhase;
import dev.authmail.smtp.TlsPolicy;
import dev.authmail.smtp.TlsSession;
import dev.authmail.smtp.Transaction;
import dev.authmail.tlspolicy.DomainTls;
import dev.authmail.tlsrpt.ResultType;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is to be told of one session.
 *
 * @param policy under which it was tried
 * @param host the mail host
 * @param address that was dialled; empty when none was
 * @param failure why TLS was not as the policy wants it; null when it was
 */
record SessionVerdict(
        AppliedPolicy policy,
        String host,
        String address,
        @Nullable ResultType failure) {
    /** Empty when it did not come so far that TLS could be told of. */
    static Optional<SessionVerdict> of(DomainTls demanded, MailExchanger host, HopResult result) {
        return switch (result) {
            case HopResult.Skipped skipped -> Optional.empty();
            case HopResult.NoServer none ->
                TlsFailure.of(none).map(type -> new SessionVerdict(policyOf(none, demanded), host.host(), "", type));
            case HopResult.Tried tried -> of(demanded, host.host(), tried);
        };
    }

    private static AppliedPolicy policyOf(HopResult.NoServer none, DomainTls demanded) {
        return none.why() == HopResult.Why.TLSA_UNPROVEN ? AppliedPolicy.of(AppliedPolicy.Type.TLSA) : sts(demanded);
    }

    private static Optional<SessionVerdict> of(DomainTls demanded, String host, HopResult.Tried tried) {
        Optional<ResultType> known = TlsFailure.of(tried);
        if (known.isEmpty() && !reachedMail(tried.transaction())) {
            return Optional.empty();
        }
        boolean dane = tried.server().tls() == TlsPolicy.DANE;
        AppliedPolicy policy = dane ? AppliedPolicy.of(AppliedPolicy.Type.TLSA) : sts(demanded);
        ResultType failure = known.orElseGet(
                () -> dane ? ofTlsa(tried.transaction().tls()) : failure(demanded.sts(), host, tried.transaction()));
        return Optional.of(
                new SessionVerdict(policy, host, tried.server().address().getHostAddress(), failure));
    }

    private static AppliedPolicy sts(DomainTls demanded) {
        return switch (demanded.sts()) {
            case StsLookup.Applies(StsPolicy policy)
            when policy.mode() != StsPolicy.Mode.NONE -> AppliedPolicy.of(policy);
            case StsLookup.Unavailable gone -> AppliedPolicy.of(AppliedPolicy.Type.STS);
            case StsLookup.Applies none -> AppliedPolicy.of(AppliedPolicy.Type.NO_POLICY_FOUND);
            case StsLookup.None none -> AppliedPolicy.of(AppliedPolicy.Type.NO_POLICY_FOUND);
        };
    }

    /** A DANE host without TLS or with another certificate has ended before. */
    private static @Nullable ResultType ofTlsa(@Nullable TlsSession session) {
        return session == null ? ResultType.STARTTLS_NOT_SUPPORTED : null;
    }

    /** What a policy that is only tested, or none, lets pass all the same. RFC 8461 §5. */
    private static @Nullable ResultType failure(StsLookup sts, String host, Transaction transaction) {
        TlsSession session = transaction.tls();
        if (session == null) {
            return ResultType.STARTTLS_NOT_SUPPORTED;
        }
        return switch (sts) {
            case StsLookup.Applies(StsPolicy policy)
            when policy.mode() != StsPolicy.Mode.NONE -> failure(policy, host, session);
            case StsLookup.Unavailable(PolicyFetch.Failed failed) -> failed.type();
            case StsLookup.Applies none -> null;
            case StsLookup.None none -> null;
        };
    }

    private static @Nullable ResultType failure(StsPolicy policy, String host, TlsSession session) {
        if (!policy.names(host)) {
            return ResultType.VALIDATION_FAILURE;
        }
        return session.verified() ? null : TlsFailure.ofCertificate(session);
    }

    private static boolean reachedMail(Transaction transaction) {
        return switch (transaction) {
            case Transaction.Accepted accepted -> true;
            case Transaction.Unconfirmed unconfirmed -> true;
            case Transaction.Refused refused -> isMail(refused.phase());
            case Transaction.Failed failed -> isMail(failed.phase());
        };
    }

    private static boolean isMail(SmtpPhase phase) {
        return switch (phase) {
            case CONNECT, GREETING, EHLO, STARTTLS, TLS, AUTH -> false;
            case MAIL, RCPT, DATA, DOT -> true;
        };
    }
}
