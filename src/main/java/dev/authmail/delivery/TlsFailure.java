package dev.authmail.delivery;

import dev.authmail.smtp.SmtpPhase;
import dev.authmail.smtp.TlsSession;
import dev.authmail.smtp.Transaction;
import dev.authmail.tlsrpt.ResultType;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says in the terms of TLS reports why TLS with a hop did not come about. RFC 8460 §4.3. */
public final class TlsFailure {
    private TlsFailure() {}

    /** The type; empty when TLS was not what failed. */
    public static Optional<ResultType> of(HopResult result) {
        return switch (result) {
            case HopResult.Tried tried -> of(tried.transaction());
            case HopResult.NoServer none ->
                switch (none.why()) {
                    case NOT_IN_POLICY -> Optional.of(ResultType.VALIDATION_FAILURE);
                    case TLSA_UNPROVEN -> Optional.of(ResultType.DNSSEC_INVALID);
                    case NULL_MX, NO_SUCH_DOMAIN, NO_ADDRESS, DNS_FAILURE, FORBIDDEN_ADDRESS -> Optional.empty();
                };
            case HopResult.Skipped skipped -> Optional.empty();
        };
    }

    private static Optional<ResultType> of(Transaction transaction) {
        return switch (transaction) {
            case Transaction.Failed failed -> of(failed);
            case Transaction.Refused refused ->
                refused.phase() == SmtpPhase.STARTTLS
                        ? Optional.of(ResultType.STARTTLS_NOT_SUPPORTED)
                        : Optional.empty();
            case Transaction.Accepted accepted -> Optional.empty();
            case Transaction.Unconfirmed unconfirmed -> Optional.empty();
        };
    }

    private static Optional<ResultType> of(Transaction.Failed failed) {
        return switch (failed.failure()) {
            case TLS_NOT_OFFERED -> Optional.of(ResultType.STARTTLS_NOT_SUPPORTED);
            case TLS_HANDSHAKE -> Optional.of(ResultType.VALIDATION_FAILURE);
            case TLS_CERTIFICATE -> Optional.of(certificate(failed.tls()));
            case NO_CONNECTION,
                    CONGESTED,
                    WITHDRAWN,
                    CONNECTION_LOST,
                    TIMEOUT,
                    PROTOCOL,
                    AUTH_NOT_OFFERED,
                    SMTPUTF8_NOT_OFFERED,
                    TOO_LARGE ->
                failed.phase() == SmtpPhase.TLS ? Optional.of(ResultType.VALIDATION_FAILURE) : Optional.empty();
        };
    }

    private static ResultType certificate(@Nullable TlsSession session) {
        return session == null ? ResultType.VALIDATION_FAILURE : ofCertificate(session);
    }

    /** What is wrong with a certificate that does not prove that the server is the host that was meant. */
    public static ResultType ofCertificate(TlsSession session) {
        return switch (session.certificate()) {
            case EXPIRED -> ResultType.CERTIFICATE_EXPIRED;
            case WRONG_NAME -> ResultType.CERTIFICATE_HOST_MISMATCH;
            case NOT_TRUSTED -> ResultType.CERTIFICATE_NOT_TRUSTED;
            case NOT_YET_VALID, TLSA_MISMATCH, TRUSTED, TLSA_MATCHED -> ResultType.VALIDATION_FAILURE;
        };
    }
}
