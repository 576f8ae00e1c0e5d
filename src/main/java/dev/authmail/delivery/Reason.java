package dev.authmail.delivery;

import java.util.Arrays;
import java.util.Optional;

/** Why an event ended without a delivered mail; the value of {@code authmail-reason}. */
public enum Reason {
    /** The event cannot be read or breaks its contract. */
    INVALID_EVENT("invalid-event"),
    /** The address is none that mail can be sent to. */
    INVALID_ADDRESS("invalid-address"),
    /** The address is on the suppression list. */
    SUPPRESSED("suppressed"),
    /** Too many mails for one recipient. */
    LIMITED("limited"),
    /** A server refused for good, or there is none to ask. */
    REJECTED("rejected"),
    /** The deadline passed. */
    EXPIRED("expired"),
    /** A report of non-delivery came back. RFC 3464. */
    BOUNCED("bounced"),
    /** The recipient called it spam. RFC 5965. */
    COMPLAINED("complained"),
    /** The reply to the final dot never came. RFC 1047. */
    UNCONFIRMED("unconfirmed"),
    /** A newer event took its place. */
    SUPERSEDED("superseded"),
    /** Our own error. */
    FAILED("failed");

    private final String code;

    Reason(String code) {
        this.code = code;
    }

    /** The word in records and rules. */
    public String code() {
        return code;
    }

    /** The value that a word stands for. */
    public static Optional<Reason> fromCode(String code) {
        return Arrays.stream(values()).filter(v -> v.code.equals(code)).findFirst();
    }
}
