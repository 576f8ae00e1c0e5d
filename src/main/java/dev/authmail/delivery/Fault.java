package dev.authmail.delivery;

import java.util.Arrays;
import java.util.Optional;

/** Whose fault it is; the value of {@code authmail-fault}. */
public enum Fault {
    /** The event's. */
    EVENT("event"),
    /** The recipient's: the address, the mailbox, the domain. */
    RECIPIENT("recipient"),
    /** Ours towards the world: DNS, reputation, authentication. */
    SENDER("sender"),
    /** A rule of the receiver that is not about us alone. */
    POLICY("policy"),
    /** The message's. */
    CONTENT("content"),
    /** The relay's. */
    RELAY("relay"),
    /** The network's: no answer, no connection, no TLS. */
    NETWORK("network"),
    /** The program's. */
    SELF("self");

    private final String code;

    Fault(String code) {
        this.code = code;
    }

    /** The word in records and rules. */
    public String code() {
        return code;
    }

    /** The value that a word stands for. */
    public static Optional<Fault> fromCode(String code) {
        return Arrays.stream(values()).filter(v -> v.code.equals(code)).findFirst();
    }
}
