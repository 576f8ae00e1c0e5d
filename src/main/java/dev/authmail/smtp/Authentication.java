package dev.authmail.smtp;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.authmail.smtp.Transaction.Failure;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** AUTH PLAIN, or LOGIN where only that is offered. RFC 4954, RFC 4616. */
final class Authentication {
    private static final int MAX_COMMAND = 510;

    private final SmtpConversation conversation;
    private final Credentials credentials;

    Authentication(SmtpConversation conversation, Credentials credentials) {
        this.conversation = conversation;
        this.credentials = credentials;
    }

    /** Empty when the server accepted the credentials. */
    Optional<Transaction> run() {
        if (!mayShowPassword()) {
            return failed(Failure.TLS_NOT_OFFERED, "the password is shown in TLS only, and there is none");
        }
        if (conversation.capabilities().offersAuth("PLAIN")) {
            return outcome(plain());
        }
        if (conversation.capabilities().offersAuth("LOGIN")) {
            return outcome(answer("AUTH LOGIN", base64(credentials.username()), base64(credentials.password())));
        }
        return failed(Failure.AUTH_NOT_OFFERED, "the server offers neither AUTH PLAIN nor AUTH LOGIN");
    }

    private boolean mayShowPassword() {
        SmtpServer server = conversation.server();
        return conversation.tls() != null
                || (server.tls() == TlsPolicy.NONE && server.address().isLoopbackAddress());
    }

    private SmtpReply plain() {
        String response = base64("\0" + credentials.username() + "\0" + credentials.password());
        String command = "AUTH PLAIN " + response;
        // RFC 4954 §4: a command line that would be too long goes without the initial response.
        return command.length() <= MAX_COMMAND
                ? conversation.command(SmtpPhase.AUTH, command)
                : answer("AUTH PLAIN", response);
    }

    /** Sends the command, then one response to each 334. */
    private SmtpReply answer(String command, String... responses) {
        SmtpReply reply = conversation.command(SmtpPhase.AUTH, command);
        for (String response : responses) {
            if (reply.code() != 334) {
                return reply;
            }
            reply = conversation.command(SmtpPhase.AUTH, response);
        }
        return reply;
    }

    private Optional<Transaction> outcome(SmtpReply reply) {
        return reply.isPositive() ? Optional.empty() : Optional.of(conversation.refused(withoutSecrets(reply)));
    }

    /** A server that repeats what it was told would put the password into our records. */
    private SmtpReply withoutSecrets(SmtpReply reply) {
        List<String> secrets = List.of(
                base64("\0" + credentials.username() + "\0" + credentials.password()),
                base64(credentials.username()),
                base64(credentials.password()),
                credentials.password());
        return new SmtpReply(
                reply.code(),
                reply.lines().stream()
                        .map(line -> secrets.stream().reduce(line, (text, secret) -> text.replace(secret, "***")))
                        .toList());
    }

    private Optional<Transaction> failed(Failure failure, String detail) {
        return Optional.of(conversation.failed(SmtpPhase.AUTH, failure, detail));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }
}
