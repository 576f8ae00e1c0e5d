package dev.authmail.bounce;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What became of a mail for one recipient. RFC 3464 §2.3.3. */
public enum DeliveryAction {
    /** It is given up. */
    FAILED,
    /** It is still tried. */
    DELAYED,
    /** It is in the mailbox. */
    DELIVERED,
    /** It went on to a system that tells no more. */
    RELAYED,
    /** It went on to more than one address. */
    EXPANDED;

    /** The word in reports. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it went well. */
    boolean isSuccess() {
        return switch (this) {
            case DELIVERED, RELAYED, EXPANDED -> true;
            case FAILED, DELAYED -> false;
        };
    }

    /** The value that the field begins with; some write a comment behind it, and some {@code fail} or {@code deliverable}. */
    static Optional<DeliveryAction> parse(String value) {
        String word = value.strip().split("[^\\p{Alpha}]", 2)[0].toLowerCase(Locale.ROOT);
        return switch (word) {
            case "fail", "failure", "error" -> Optional.of(FAILED);
            case "delay", "warning" -> Optional.of(DELAYED);
            case "deliverable", "success" -> Optional.of(DELIVERED);
            default ->
                Arrays.stream(values()).filter(a -> a.code().equals(word)).findFirst();
        };
    }
}
