package dev.authmail.delivery;

import java.util.Arrays;
import java.util.Optional;

/** The word that the application can show its user. */
public enum UserState {
    /** On its way. */
    SENT("sent"),
    /** It will be tried again. */
    DELAYED("delayed"),
    /** Nobody has this address. */
    ADDRESS_UNKNOWN("address-unknown"),
    /** The mailbox is full. */
    MAILBOX_FULL("mailbox-full"),
    /** The recipient's side does not want it. */
    ADDRESS_REFUSED("address-refused"),
    /** The user can do nothing about it. */
    OUR_FAULT("our-fault");

    private final String code;

    UserState(String code) {
        this.code = code;
    }

    /** The word in records and rules. */
    public String code() {
        return code;
    }

    /** The value that a word stands for. */
    public static Optional<UserState> fromCode(String code) {
        return Arrays.stream(values()).filter(v -> v.code.equals(code)).findFirst();
    }
}
