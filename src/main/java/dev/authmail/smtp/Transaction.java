package dev.authmail.smtp;

import org.jspecify.annotations.Nullable;

/** What became of offering one message to one server. RFC 5321 §3.3. */
public sealed interface Transaction {
    /** The TLS session, when one was made. */
    @Nullable
    TlsSession tls();

    /** The server answered 2yz to the final dot and now owns the message. RFC 5321 §6.1. */
    record Accepted(SmtpReply reply, @Nullable TlsSession tls) implements Transaction {}

    /** The server answered 4yz or 5yz (or another code than the one wanted). */
    record Refused(
            SmtpPhase phase, SmtpReply reply, @Nullable TlsSession tls) implements Transaction {}

    /** There was no answer, or none that is SMTP; the final dot was not sent. */
    record Failed(
            SmtpPhase phase,
            Failure failure,
            String detail,
            @Nullable TlsSession tls) implements Transaction {}

    /** The connection was lost or the time ran out after the final dot: nobody knows. RFC 1047. */
    record Unconfirmed(String detail, @Nullable TlsSession tls) implements Transaction {}

    /** Why a conversation failed without a reply. */
    enum Failure {
        /** Nobody listens, no route, or no connection in time. */
        NO_CONNECTION,
        /** We have as many connections to it as we may, and none became free in time: it was not asked. */
        CONGESTED,
        /** The {@linkplain Deadline#withdrawn mail was withdrawn} before its final dot was sent. */
        WITHDRAWN,
        /** The connection was closed or reset. */
        CONNECTION_LOST,
        /** A reply did not come within its time limit. RFC 5321 §4.5.3.2. */
        TIMEOUT,
        /** What came is not SMTP, or too long. */
        PROTOCOL,
        /** STARTTLS is demanded and not offered. */
        TLS_NOT_OFFERED,
        /** The handshake failed. */
        TLS_HANDSHAKE,
        /** The certificate is expired, not trusted, or for another name. */
        TLS_CERTIFICATE,
        /** AUTH is wanted and the server offers no mechanism we speak. */
        AUTH_NOT_OFFERED,
        /** The recipient needs SMTPUTF8 and the server does not offer it. RFC 6531 §3.5. */
        SMTPUTF8_NOT_OFFERED,
        /** The message is larger than the server's SIZE. RFC 1870. */
        TOO_LARGE
    }
}
