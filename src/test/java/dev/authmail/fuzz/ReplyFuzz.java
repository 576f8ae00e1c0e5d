package dev.authmail.fuzz;

import dev.authmail.delivery.ReplyClassifier;
import dev.authmail.delivery.ReplyRules;
import dev.authmail.delivery.Route;
import dev.authmail.delivery.SmtpText;
import dev.authmail.smtp.SmtpPhase;
import dev.authmail.smtp.SmtpReply;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What servers say: the rules that judge it, and the words that may be shown of it. {@code bench/fuzz reply}. */
public final class ReplyFuzz {
    private static final ReplyClassifier RULES = new ReplyClassifier(ReplyRules.shipped());

    private ReplyFuzz() {}

    /** Jazzer's entry: nothing is thrown, and no shown text is longer than it may be. */
    public static void fuzzerTestOneInput(byte[] octets) {
        String text = new String(octets, StandardCharsets.UTF_8);
        RULES.explain(Route.DIRECT, SmtpPhase.RCPT, "mx.good.test", new SmtpReply(550, List.of(text)));
        if (SmtpText.redact(text).length() > SmtpText.MAX_LENGTH) {
            throw new AssertionError("a text that is too long to be shown");
        }
    }
}
