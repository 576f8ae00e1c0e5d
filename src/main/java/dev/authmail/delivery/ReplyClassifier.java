package dev.authmail.delivery;

import dev.authmail.smtp.SmtpPhase;
import dev.authmail.smtp.SmtpReply;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Says what a reply is about: by way, phase, provider, codes and text, never by the enhanced code alone. Whether it is
 * temporary is not its business: that the first digit of the reply code says. RFC 5321 §4.2.1.
 */
public final class ReplyClassifier {
    private static final Finding UNKNOWN = Finding.of("unknown-reply", Fault.POLICY, Scope.MESSAGE, null);

    private final ReplyRules rules;

    public ReplyClassifier(ReplyRules rules) {
        this.rules = rules;
    }

    /**
     * What a reply means, with the wait that its rule and, when it is temporary, its text ask for.
     *
     * @param route the way it came
     * @param phase what it answers
     * @param host the name of the server that answered
     */
    public Finding classify(Route route, SmtpPhase phase, String host, SmtpReply reply) {
        ReceivedReply received = ReceivedReply.of(route, phase, host, reply);
        return finding(deciding(received), received);
    }

    /** What a reply means and why; the parameters are those of {@link #classify}. */
    public Explanation explain(Route route, SmtpPhase phase, String host, SmtpReply reply) {
        ReceivedReply received = ReceivedReply.of(route, phase, host, reply);
        Optional<Rule> rule = deciding(received);
        Finding finding = finding(rule, received);
        Duration named = rule.map(r -> r.finding().atLeast()).orElse(Duration.ZERO);
        return new Explanation(
                finding,
                rule.map(Rule::source),
                rule.map(r -> r.because(received)).orElse(List.of()),
                finding.atLeast().compareTo(named) > 0,
                rule.filter(r -> !r.fallback()).isPresent());
    }

    private Optional<Rule> deciding(ReceivedReply reply) {
        return rules.inOrder().stream().filter(rule -> rule.matches(reply)).findFirst();
    }

    private static Finding finding(Optional<Rule> rule, ReceivedReply reply) {
        Finding finding = rule.map(Rule::finding).orElse(UNKNOWN);
        return reply.isTransient()
                ? WaitHint.in(reply.text()).map(finding::waiting).orElse(finding)
                : finding;
    }
}
