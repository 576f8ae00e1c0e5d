package dev.authmail.suppression;

import java.util.Arrays;
import java.util.Optional;

/** Why an address is suppressed. */
public enum SuppressionReason {
    /** A server refused it while we talked: nobody has it. */
    REJECTED("rejected"),
    /** A report of non-delivery came back. RFC 3464. */
    BOUNCED("bounced"),
    /** Its owner called our mail spam. RFC 5965. */
    COMPLAINED("complained"),
    /** An operator added it. */
    MANUAL("manual");

    private final String code;

    SuppressionReason(String code) {
        this.code = code;
    }

    /** The word in records and commands. */
    public String code() {
        return code;
    }

    /** The value that a word stands for. */
    public static Optional<SuppressionReason> fromCode(String code) {
        return Arrays.stream(values()).filter(v -> v.code.equals(code)).findFirst();
    }
}
