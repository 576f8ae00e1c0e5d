package dev.authmail.outcome;

import dev.authmail.delivery.HopResult;
import dev.authmail.delivery.TlsFailure;
import dev.authmail.smtp.TlsPolicy;
import dev.authmail.smtp.TlsSession;
import dev.authmail.tlsrpt.ResultType;
import org.jspecify.annotations.Nullable;

/**
 * What TLS was demanded of the deciding hop, and what came of it.
 *
 * @param policy how much was demanded, and by whom; null when no server could be talked to
 * @param session what was negotiated, when there was TLS
 * @param failure why it failed, if it was TLS that failed
 */
public record TlsFacts(
        @Nullable TlsPolicy policy,
        @Nullable TlsSession session,
        @Nullable ResultType failure) {
    static TlsFacts of(HopResult result) {
        ResultType failure = TlsFailure.of(result).orElse(null);
        return switch (result) {
            case HopResult.Tried tried ->
                new TlsFacts(tried.server().tls(), tried.transaction().tls(), failure);
            case HopResult.NoServer none -> new TlsFacts(null, null, failure);
            case HopResult.Skipped skipped -> new TlsFacts(null, null, failure);
        };
    }
}
