package dev.authmail.smtp;

/** Hears what is said in conversations, for people who want to read it. What AUTH sends is left out. Thread-safe. */
@FunctionalInterface
public interface Dialogue {
    /** Nobody listens. */
    Dialogue SILENT = (who, line) -> {};

    /** Who says it. */
    enum Speaker {
        /** We. */
        CLIENT,
        /** The server. */
        SERVER,
        /** Nobody: what happens beside the words, such as TLS. */
        NONE
    }

    /**
     * One line.
     *
     * @param line without its CRLF, as it was sent; may name mailboxes
     */
    void said(Speaker who, String line);

    /** One or more of our lines, each with its CRLF. */
    default void sent(SmtpPhase phase, String lines) {
        lines.lines().forEach(line -> said(Speaker.CLIENT, phase == SmtpPhase.AUTH ? verb(line) : line));
    }

    /** {@code AUTH PLAIN …} of the command, {@code …} of a response. RFC 4954 §4. */
    private static String verb(String line) {
        return line.startsWith("AUTH ") ? line.split(" ", 3)[0] + " " + line.split(" ", 3)[1] + " …" : "…";
    }

    /** A reply, all its lines; of those to AUTH the code alone, for a server may repeat what it was told. */
    default void received(SmtpPhase phase, SmtpReply reply) {
        int last = reply.lines().size() - 1;
        for (int i = 0; i <= last; i++) {
            String text = phase == SmtpPhase.AUTH ? "…" : reply.lines().get(i);
            said(Speaker.SERVER, reply.code() + (i < last ? "-" : " ") + text);
        }
    }
}
