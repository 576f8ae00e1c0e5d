package dev.authmail.smtp;

import dev.authmail.smtp.Transaction.Failure;
import org.jspecify.annotations.Nullable;

/**
 * The conversation cannot go on. Thrown where octets are read and written, turned into a {@link Transaction} by
 * {@link SmtpConversation}; it never leaves this room.
 */
@SuppressWarnings("serial")
final class BrokenConversation extends RuntimeException {
    private final Failure failure;

    /** @param detail what happened, in words for people; no address and no secret */
    BrokenConversation(Failure failure, String detail, @Nullable Throwable cause) {
        super(detail, cause, false, false);
        this.failure = failure;
    }

    BrokenConversation(Failure failure, String detail) {
        this(failure, detail, null);
    }

    /** What this means when it happens in that phase. RFC 1047: after the final dot nobody knows. */
    Transaction during(SmtpPhase phase, @Nullable TlsSession tls) {
        String detail = String.valueOf(getMessage());
        return phase == SmtpPhase.DOT
                ? new Transaction.Unconfirmed(detail, tls)
                : new Transaction.Failed(phase, failure, detail, tls);
    }
}
