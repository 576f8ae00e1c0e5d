package dev.authmail.delivery;

import dev.authmail.smtp.SmtpPhase;
import dev.authmail.smtp.SmtpReply;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Says what a reply is about: by way, phase, provider, codes and text, never by the enhanced code alone. Whether it is
 * temporary is not its business: that the first digit of the reply code says. RFC 5321 §4.2.1.
 */
public final class ReplyClassifier {
    // Nobody says more than this to say what is wrong; a longer text is hostile.
    private static final int MAX_TEXT = 1000;
    private static final Pattern SPACE = Pattern.compile("[\\s\\p{Cc}]++");
    private static final Finding UNKNOWN = Finding.of("unknown-reply", Fault.POLICY, Scope.MESSAGE, null);

    private final ReplyRules rules;

    public ReplyClassifier(ReplyRules rules) {
        this.rules = rules;
    }

    /**
     * What a reply means.
     *
     * @param route the way it came
     * @param phase what it answers
     * @param host the name of the server that answered
     */
    public Finding classify(Route route, SmtpPhase phase, String host, SmtpReply reply) {
        String text = readable(reply);
        String lowerHost = host.toLowerCase(Locale.ROOT);
        return rules.inOrder().stream()
                .filter(rule -> rule.matches(route, phase, lowerHost, reply, text))
                .map(Rule::finding)
                .findFirst()
                .orElse(UNKNOWN);
    }

    private static String readable(SmtpReply reply) {
        String text = reply.text();
        String bounded = text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT);
        return SPACE.matcher(bounded).replaceAll(" ");
    }
}
