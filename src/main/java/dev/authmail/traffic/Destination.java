package dev.authmail.traffic;

import dev.authmail.smtp.SmtpServer;
import java.time.Duration;

/**
 * Where a mail is to go.
 *
 * @param provider who runs the server: the domain under which an MX host is registered, such as {@code google.com}, or
 *     the name of a relay
 * @param server the one server
 * @param patience how long the mail may wait for a connection
 */
public record Destination(String provider, SmtpServer server, Duration patience) {}
