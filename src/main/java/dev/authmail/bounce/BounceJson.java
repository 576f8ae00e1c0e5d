package dev.authmail.bounce;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A bounce as JSON, as {@code authmail bounce} prints it and a dead letter holds it. What a mail does not say is null. Of a
 * mail that names very many, the first are told.
 */
public final class BounceJson {
    private static final int MOST_RECIPIENTS = 100;
    private static final int MOST_ADDRESSES = 20;

    private BounceJson() {}

    /** Adds kind, recipients and clues to an object. */
    public static void describe(Bounce bounce, ObjectNode line) {
        line.put("kind", bounce.kind().code());
        var recipients = line.putArray("recipients");
        bounce.recipients().stream().limit(MOST_RECIPIENTS).forEach(r -> describe(r, recipients.addObject()));
        describe(bounce.clues(), line.putObject("clues"));
    }

    private static void describe(ReportedRecipient r, ObjectNode json) {
        json.put("recipient", r.recipient());
        json.put("originalRecipient", r.original().orElse(null));
        json.put("status", r.status().orElse(null));
        json.put("action", r.action().code());
        json.put("replyCode", boxed(r.replyCode()));
        json.put("rule", r.rule().isEmpty() ? null : r.rule());
        json.put("fault", r.fault() == null ? null : r.fault().code());
        json.put("tier", r.tier().code());
        json.put("userState", r.userState().code());
        json.put("suppress", r.suppress());
    }

    private static void describe(BounceClues clues, ObjectNode json) {
        var sentTo = json.putArray("sentTo");
        clues.sentTo().stream().limit(MOST_ADDRESSES).forEach(sentTo::add);
        json.put("envelopeId", clues.envelopeId().orElse(null));
        json.put("messageId", clues.messageId().orElse(null));
        json.put("returnPath", clues.returnPath().orElse(null));
        json.put("feedbackType", clues.feedbackType().orElse(null));
        json.put("autoSubmitted", clues.autoSubmitted().orElse(null));
        json.put("nullSender", clues.nullSender());
        json.put("complete", clues.complete());
    }

    private static @Nullable Integer boxed(OptionalInt value) {
        return value.isPresent() ? value.getAsInt() : null;
    }
}
