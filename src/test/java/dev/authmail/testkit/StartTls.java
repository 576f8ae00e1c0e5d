package dev.authmail.testkit;

/** How a {@link ScriptedSmtpServer} treats STARTTLS when it has no certificate to show. */
public enum StartTls {
    /** It does not know the command. */
    NOT_OFFERED,
    /** It offers and then answers 454. */
    REFUSED,
    /** It answers 220, and the handshake with words. */
    GARBAGE,
    /** It answers 220, and then nothing. */
    SILENT,
    /** Somebody in between adds a reply in clear text behind the 220 (CVE-2011-0411 from the client's side). */
    INJECTED
}
