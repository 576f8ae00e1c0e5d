/**
 * The words of SMTP and a client that speaks them. RFC 5321, RFC 3207, RFC 4954, RFC 2034, RFC 2920, RFC 6531.
 *
 * <pre>{@code
 * SmtpClient client = new SmtpClient(SmtpClientSettings.of("mail.example.jp"));
 * SmtpTransport transport = new PooledSmtpTransport(client, PoolSettings.DEFAULT);
 * switch (transport.offer(server, envelope, message, Deadline.in(Duration.ofMinutes(2)))) {
 *     case Transaction.Accepted accepted -> ...       // the server owns the message now
 *     case Transaction.Refused refused -> ...         // it said no: phase and reply
 *     case Transaction.Failed failed -> ...           // it said nothing; the message was not sent
 *     case Transaction.Unconfirmed unconfirmed -> ... // it may have it: nobody knows
 * }
 * }</pre>
 *
 * From the outside in: {@link dev.authmail.smtp.PooledSmtpTransport} keeps connections, {@link
 * dev.authmail.smtp.SmtpClient} opens them, {@code SmtpConversation} is one of them. {@code SessionOpening} takes it from
 * the greeting through STARTTLS and AUTH, {@code MailTransaction} hands over a message; {@code ReplyReader} and {@code
 * SmtpSocket} move the octets, and {@code Watchdog} sees to it that nothing takes longer than it may.
 */
@NullMarked
package dev.authmail.smtp;

import org.jspecify.annotations.NullMarked;
