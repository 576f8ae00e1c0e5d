package dev.authmail.smtp;

import dev.authmail.smtp.Transaction.Failure;
import java.util.Optional;

/**
 * Brings a fresh connection to the point where it takes mail: greeting, EHLO, TLS, AUTH. A step that returns a
 * transaction ends the talk with it; an empty one goes on. RFC 5321 §3.1, §3.2, RFC 3207, RFC 4954.
 */
final class SessionOpening {
    private final SmtpConversation conversation;
    private final String ehloName;
    private final TlsUpgrade upgrade;

    SessionOpening(SmtpConversation conversation, String ehloName, TlsUpgrade upgrade) {
        this.conversation = conversation;
        this.ehloName = ehloName;
        this.upgrade = upgrade;
    }

    /** All steps in order. */
    Optional<Transaction> run() {
        if (policy() == TlsPolicy.IMPLICIT) {
            conversation.startTls(upgrade);
        }
        return greet().or(this::introduce).or(this::secure).or(this::authenticate);
    }

    private Optional<Transaction> greet() {
        return unless2yz(conversation.reply(SmtpPhase.GREETING));
    }

    private Optional<Transaction> introduce() {
        SmtpReply reply = conversation.command(SmtpPhase.EHLO, "EHLO " + ehloName);
        if (reply.isPermanent()) {
            return introduceTheOldWay(reply);
        }
        conversation.learn(EhloCapabilities.of(reply));
        return unless2yz(reply);
    }

    /** RFC 5321 §3.2: a server that does not know EHLO may know HELO. */
    private Optional<Transaction> introduceTheOldWay(SmtpReply toEhlo) {
        try {
            return unless2yz(conversation.command(SmtpPhase.EHLO, "HELO " + ehloName));
        } catch (BrokenConversation e) {
            // It refused and hung up: what it said is worth more than that it hung up.
            conversation.drop();
            return Optional.of(conversation.refused(toEhlo));
        }
    }

    private Optional<Transaction> secure() {
        return switch (policy()) {
            case IMPLICIT, NONE -> Optional.empty();
            case OPPORTUNISTIC -> conversation.capabilities().offers("STARTTLS") ? startTls() : Optional.empty();
            case REQUIRED, VERIFIED, MTA_STS, DANE ->
                conversation.capabilities().offers("STARTTLS")
                        ? startTls()
                        : failed(SmtpPhase.STARTTLS, Failure.TLS_NOT_OFFERED, "the server does not offer STARTTLS");
        };
    }

    private Optional<Transaction> startTls() {
        SmtpReply reply = conversation.command(SmtpPhase.STARTTLS, "STARTTLS");
        if (reply.isPositive()) {
            conversation.startTls(upgrade);
            return introduce();
        }
        // RFC 3207 §4: the client decides whether it goes on without.
        boolean goOn = policy() == TlsPolicy.OPPORTUNISTIC && reply.code() != 421;
        return goOn ? Optional.empty() : Optional.of(conversation.refused(reply));
    }

    private Optional<Transaction> authenticate() {
        Credentials credentials = conversation.server().credentials();
        return credentials == null ? Optional.empty() : new Authentication(conversation, credentials).run();
    }

    private Optional<Transaction> unless2yz(SmtpReply reply) {
        return reply.isPositive() ? Optional.empty() : Optional.of(conversation.refused(reply));
    }

    private Optional<Transaction> failed(SmtpPhase phase, Failure failure, String detail) {
        return Optional.of(conversation.failed(phase, failure, detail));
    }

    private TlsPolicy policy() {
        return conversation.server().tls();
    }
}
