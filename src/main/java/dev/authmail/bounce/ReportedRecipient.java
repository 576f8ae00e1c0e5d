package dev.authmail.bounce;

import dev.authmail.delivery.BounceTier;
import dev.authmail.delivery.Fault;
import dev.authmail.delivery.UserState;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What a mail says about one recipient.
 *
 * @param recipient the address as it stands there
 * @param original the address we sent to, if the report names another before it
 * @param action what became of the mail
 * @param status such as 5.1.1, when one stands in the mail. RFC 3463
 * @param replyCode such as 550, when one stands in the mail. RFC 5321 §4.2
 * @param rule the id of the rule that says what it means; empty when nothing went wrong
 * @param fault whose fault it is; none when nothing went wrong
 * @param tier how bad it is
 * @param userState the word for the user
 * @param suppress whether the address takes no more mail
 * @param text what was said, for operators; not redacted
 */
public record ReportedRecipient(
        String recipient,
        Optional<String> original,
        DeliveryAction action,
        Optional<String> status,
        OptionalInt replyCode,
        String rule,
        @Nullable Fault fault,
        BounceTier tier,
        UserState userState,
        boolean suppress,
        String text) {
    /** Who got the mail and calls it spam. */
    static ReportedRecipient whoComplains(String address) {
        return new ReportedRecipient(
                address,
                Optional.empty(),
                DeliveryAction.DELIVERED,
                Optional.empty(),
                OptionalInt.empty(),
                "",
                null,
                BounceTier.FEEDBACK,
                UserState.SENT,
                false,
                "");
    }
}
