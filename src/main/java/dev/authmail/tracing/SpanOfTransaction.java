package dev.authmail.tracing;

import dev.authmail.smtp.EnhancedStatusCode;
import dev.authmail.smtp.SmtpPhase;
import dev.authmail.smtp.SmtpReply;
import dev.authmail.smtp.SmtpServer;
import dev.authmail.smtp.TlsSession;
import dev.authmail.smtp.Transaction;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import java.util.Locale;

/** What a span says of a server and of what became of one transaction with it. Names as OpenTelemetry has them, if it has. */
final class SpanOfTransaction {
    private static final String ERROR = "error.type";

    private SpanOfTransaction() {}

    /** Whom we talk to. */
    static void server(Span span, SmtpServer server) {
        span.setAttribute("server.address", server.host());
        span.setAttribute("server.port", server.port());
        span.setAttribute("network.peer.address", server.address().getHostAddress());
    }

    /** How it ended; all but an accepted mail is an error of the span. */
    static void end(Span span, Transaction transaction) {
        TlsSession tls = transaction.tls();
        if (tls != null) {
            span.setAttribute("tls.protocol.version", tls.protocol().replaceFirst("^TLSv", ""));
        }
        switch (transaction) {
            case Transaction.Accepted accepted -> reply(span, accepted.reply());
            case Transaction.Refused refused -> {
                reply(span, refused.reply());
                failed(span, refused.phase(), String.valueOf(refused.reply().code()));
            }
            case Transaction.Failed failed -> failed(span, failed.phase(), word(failed.failure()));
            case Transaction.Unconfirmed unconfirmed -> failed(span, SmtpPhase.DOT, "unconfirmed");
        }
    }

    private static void reply(Span span, SmtpReply reply) {
        span.setAttribute("authmail.smtp.reply", reply.code());
        reply.enhanced().map(EnhancedStatusCode::toString).ifPresent(s -> span.setAttribute("authmail.smtp.status", s));
    }

    private static void failed(Span span, SmtpPhase phase, String why) {
        span.setAttribute("authmail.smtp.phase", word(phase));
        error(span, why);
    }

    /** @param why one of a few words, or a reply code; never what a server wrote */
    static void error(Span span, String why) {
        span.setAttribute(ERROR, why);
        span.setStatus(StatusCode.ERROR);
    }

    /** A constant's name as attributes spell it. */
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
