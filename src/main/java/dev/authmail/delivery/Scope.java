package dev.authmail.delivery;

import java.util.Arrays;
import java.util.Optional;

/** What a refusal is about; this decides what is tried next. */
public enum Scope {
    /** The recipient's address. */
    ADDRESS("address"),
    /** The recipient's domain. */
    DOMAIN("domain"),
    /** The message. */
    MESSAGE("message"),
    /** The address we send from. */
    OUR_IP("our-ip"),
    /** The domain we send from. */
    OUR_DOMAIN("our-domain"),
    /** The relay, or our account there. */
    RELAY("relay"),
    /** The one server that answered: another may do better. */
    HOST("host");

    private final String code;

    Scope(String code) {
        this.code = code;
    }

    /** The word in records and rules. */
    public String code() {
        return code;
    }

    /** The value that a word stands for. */
    public static Optional<Scope> fromCode(String code) {
        return Arrays.stream(values()).filter(v -> v.code.equals(code)).findFirst();
    }
}
