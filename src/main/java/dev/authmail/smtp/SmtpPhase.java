package dev.authmail.smtp;

/** Where in the conversation something happened. RFC 5321 §3. */
public enum SmtpPhase {
    /** Opening the TCP connection. */
    CONNECT,
    /** Waiting for the 220. */
    GREETING,
    /** EHLO, or HELO after it. */
    EHLO,
    /** The STARTTLS command. RFC 3207. */
    STARTTLS,
    /** The TLS handshake. */
    TLS,
    /** AUTH. RFC 4954. */
    AUTH,
    /** MAIL FROM. */
    MAIL,
    /** RCPT TO. */
    RCPT,
    /** DATA, and the message up to its final dot. */
    DATA,
    /** After the final dot was sent: what is lost here may have been delivered. */
    DOT
}
