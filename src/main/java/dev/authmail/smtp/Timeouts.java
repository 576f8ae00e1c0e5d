package dev.authmail.smtp;

import java.time.Duration;

/**
 * How long each step may take. RFC 5321 §4.5.3.2 asks for at least 5 minutes at most steps; the defaults deviate, since a
 * person waits for this mail and another host or a later try is better than a long wait. They keep to the RFC where a
 * short limit makes duplicates: in the message and after its final dot.
 *
 * @param connect for opening the TCP connection
 * @param greeting for the 220
 * @param ehlo for the answer to EHLO, HELO
 * @param startTls for the answer to STARTTLS
 * @param handshake for the TLS handshake
 * @param auth for each answer to AUTH
 * @param mail for the answer to MAIL, RSET and NOOP
 * @param rcpt for the answer to RCPT
 * @param data for the answer to DATA
 * @param message for writing the message
 * @param dot for the answer to the final dot
 */
public record Timeouts(
        Duration connect,
        Duration greeting,
        Duration ehlo,
        Duration startTls,
        Duration handshake,
        Duration auth,
        Duration mail,
        Duration rcpt,
        Duration data,
        Duration message,
        Duration dot) {

    /** The limits for mail that somebody waits for. */
    public static final Timeouts DEFAULT = new Timeouts(
            Duration.ofSeconds(15),
            Duration.ofSeconds(60),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ofSeconds(60),
            Duration.ofSeconds(60),
            Duration.ofSeconds(60),
            Duration.ofMinutes(2),
            Duration.ofMinutes(3),
            Duration.ofMinutes(10));

    /** One limit for every step. */
    public static Timeouts all(Duration each) {
        return new Timeouts(each, each, each, each, each, each, each, each, each, each, each);
    }

    /** How long the answer of a phase may take. */
    Duration of(SmtpPhase phase) {
        return switch (phase) {
            case CONNECT -> connect;
            case GREETING -> greeting;
            case EHLO -> ehlo;
            case STARTTLS -> startTls;
            case TLS -> handshake;
            case AUTH -> auth;
            case MAIL -> mail;
            case RCPT -> rcpt;
            case DATA -> data;
            case DOT -> dot;
        };
    }
}
