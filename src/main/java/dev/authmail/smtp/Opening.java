package dev.authmail.smtp;

/** What became of opening a conversation. */
sealed interface Opening {
    /** It takes mail. */
    record Ready(SmtpConversation conversation) implements Opening {}

    /** It ended before; the connection is closed. */
    record Ended(Transaction transaction) implements Opening {}
}
