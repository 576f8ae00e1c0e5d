package dev.authmail.smtp;

import dev.authmail.mail.SignedMessage;
import dev.authmail.smtp.Transaction.Failure;
import java.util.Optional;

/**
 * Hands one message to the server. The envelope goes in one write where the server takes it so (RFC 2920), else command
 * by command; a relay that may get it so and offers CHUNKING gets the message in that write too (RFC 3030). A step that
 * returns a transaction ends with it; an empty one goes on. RFC 5321 §3.3.
 */
final class MailTransaction {
    private final SmtpConversation conversation;
    private final EhloCapabilities capabilities;
    private final Envelope envelope;
    private final SignedMessage message;
    private final EnvelopeCommands commands;

    MailTransaction(SmtpConversation conversation, Envelope envelope, SignedMessage message) {
        this.conversation = conversation;
        this.capabilities = conversation.capabilities();
        this.envelope = envelope;
        this.message = message;
        this.commands = new EnvelopeCommands(envelope, message, capabilities);
    }

    /** All steps in order. */
    Transaction run() {
        return obstacle()
                .orElseGet(() -> goesAtOnce() ? sendAtOnce() : sendEnvelope().orElseGet(this::sendMessage));
    }

    private Optional<Transaction> obstacle() {
        if (envelope.needsSmtpUtf8() && !capabilities.offers("SMTPUTF8")) {
            return failed(Failure.SMTPUTF8_NOT_OFFERED, "the address needs SMTPUTF8, which the server does not offer");
        }
        long max = capabilities.maxSize().orElse(Long.MAX_VALUE);
        return message.size() > max
                ? failed(
                        Failure.TOO_LARGE,
                        "the message has " + message.size() + " octets, the server takes at most " + max)
                : Optional.empty();
    }

    private boolean goesAtOnce() {
        return conversation.server().chunking() && capabilities.offers("PIPELINING") && capabilities.offers("CHUNKING");
    }

    /** Envelope and message in one round trip. RFC 3030 §4.2: without a recipient the server refuses the message too. */
    private Transaction sendAtOnce() {
        reset();
        byte[] chunk = DataEncoder.chunk(message);
        conversation.sendWithMessage(commands.groupWithChunk(chunk.length), chunk);
        Optional<Transaction> refusal = answer(SmtpPhase.MAIL).or(() -> answer(SmtpPhase.RCPT));
        if (refusal.isPresent()) {
            finish(this::finishChunk);
            return refusal.get();
        }
        Transaction result = answerToMessage();
        // Unlike a final dot, a chunk that is refused does not end the transaction.
        conversation.transactionOpen(result instanceof Transaction.Refused);
        return result;
    }

    private void finishChunk() {
        if (conversation.isInStep() && conversation.phase() == SmtpPhase.MAIL) {
            conversation.reply(SmtpPhase.RCPT);
        }
        if (conversation.isInStep() && conversation.reply(SmtpPhase.DOT).isPositive()) {
            // It takes a message that it has no sender or recipient for.
            conversation.drop();
        }
    }

    private Optional<Transaction> sendEnvelope() {
        reset();
        return capabilities.offers("PIPELINING")
                ? sendGroup()
                : step(SmtpPhase.MAIL, commands.mail())
                        .or(() -> step(SmtpPhase.RCPT, commands.rcpt()))
                        .or(() -> step(SmtpPhase.DATA, commands.data()));
    }

    /** Ends the transaction that a refusal left open. RFC 5321 §4.1.1.5. */
    private void reset() {
        if (conversation.transactionOpen()
                && !conversation.command(SmtpPhase.MAIL, "RSET").isPositive()) {
            // That says nothing about this message: another connection may take it.
            throw new BrokenConversation(Failure.CONNECTION_LOST, "the server refused RSET");
        }
    }

    private Optional<Transaction> step(SmtpPhase phase, String command) {
        conversation.send(phase, command);
        return answer(phase);
    }

    private Optional<Transaction> sendGroup() {
        conversation.send(SmtpPhase.MAIL, commands.group());
        Optional<Transaction> refusal =
                answer(SmtpPhase.MAIL).or(() -> answer(SmtpPhase.RCPT)).or(() -> answer(SmtpPhase.DATA));
        if (refusal.isPresent()) {
            finish(this::finishGroup);
        }
        return refusal;
    }

    private Optional<Transaction> answer(SmtpPhase phase) {
        SmtpReply reply = conversation.reply(phase);
        boolean wanted = phase == SmtpPhase.DATA ? reply.code() == 354 : reply.isPositive();
        if (phase == SmtpPhase.MAIL) {
            conversation.transactionOpen(wanted);
        }
        return wanted ? Optional.empty() : Optional.of(conversation.refused(reply));
    }

    /** Reads the replies that still come after a refusal, so that the connection can be used again. */
    private void finish(Runnable rest) {
        try {
            rest.run();
        } catch (BrokenConversation e) {
            // What was refused stays refused.
            conversation.drop();
        }
    }

    private void finishGroup() {
        while (conversation.isInStep() && conversation.phase() != SmtpPhase.DATA) {
            finishReply(conversation.phase() == SmtpPhase.MAIL ? SmtpPhase.RCPT : SmtpPhase.DATA);
        }
    }

    private void finishReply(SmtpPhase phase) {
        SmtpReply reply = conversation.reply(phase);
        if (phase == SmtpPhase.RCPT && reply.isPositive()) {
            // It refused MAIL and takes the recipient: a dot would deliver an empty message.
            conversation.drop();
        } else if (reply.code() == 354) {
            sendNothing();
        }
    }

    /** RFC 2920 §3.1: a server that takes DATA without a recipient gets a dot alone, and must refuse it. */
    private void sendNothing() {
        conversation.send(SmtpPhase.DATA, ".\r\n");
        if (conversation.reply(SmtpPhase.DATA).isPositive()) {
            conversation.drop();
        }
    }

    private Transaction sendMessage() {
        conversation.sendMessage(DataEncoder.encode(message));
        return answerToMessage();
    }

    private Transaction answerToMessage() {
        SmtpReply reply = conversation.reply(SmtpPhase.DOT);
        conversation.transactionOpen(false);
        if (reply.isPositive()) {
            return new Transaction.Accepted(reply, conversation.tls());
        }
        return reply.isTransient() || reply.isPermanent()
                ? conversation.refused(reply)
                : new Transaction.Unconfirmed("the answer to the final dot was " + reply.code(), conversation.tls());
    }

    private Optional<Transaction> failed(Failure failure, String detail) {
        return Optional.of(conversation.failed(SmtpPhase.MAIL, failure, detail));
    }
}
