package dev.authmail.command;

import dev.authmail.delivery.BounceTier;
import dev.authmail.delivery.Decider;
import dev.authmail.delivery.Decision;
import dev.authmail.delivery.Explanation;
import dev.authmail.delivery.QuotedReply;
import dev.authmail.delivery.RelaysLeft;
import dev.authmail.delivery.ReplyClassifier;
import dev.authmail.delivery.Route;
import dev.authmail.smtp.SmtpPhase;
import java.util.Optional;

/**
 * What authmail makes of one reply.
 *
 * @param pasted the reply
 * @param route the way it came
 * @param phase what it answers
 * @param host who said it; empty when nobody knows
 * @param explanation what it means and why; none for 2yz
 * @param decision what is done; none for 2yz
 * @param tier its coarse class
 */
record ExplainedReply(
        QuotedReply pasted,
        Route route,
        SmtpPhase phase,
        String host,
        Optional<Explanation> explanation,
        Optional<Decision> decision,
        BounceTier tier) {

    /**
     * What is asked.
     *
     * @param reply as pasted
     * @param mx who said it, else what the text says
     * @param phase what it answers, else what the text says, else RCPT
     * @param route the way it came, else direct
     */
    record Question(String reply, Optional<String> mx, Optional<SmtpPhase> phase, Optional<Route> route) {}

    static ExplainedReply of(Question question, ReplyClassifier classifier) {
        QuotedReply pasted = QuotedReply.parse(question.reply());
        Route route = question.route().orElse(Route.DIRECT);
        SmtpPhase phase = question.phase().or(pasted::phase).orElse(SmtpPhase.RCPT);
        String host = question.mx().or(pasted::host).orElse("");
        if (pasted.reply().isPositive()) {
            return new ExplainedReply(
                    pasted, route, phase, host, Optional.empty(), Optional.empty(), BounceTier.DELIVERED);
        }
        Explanation explanation = classifier.explain(route, phase, host, pasted.reply());
        // The shipped route asks the relays first: by the time an MX host answers they have been tried.
        Decision decision =
                Decider.refused(route, pasted.reply(), explanation.finding(), RelaysLeft.TRIED, "explained");
        BounceTier tier = BounceTier.of(pasted.reply().isPermanent(), explanation.finding());
        return new ExplainedReply(pasted, route, phase, host, Optional.of(explanation), Optional.of(decision), tier);
    }

    String rule() {
        return explanation.map(e -> e.finding().rule()).orElse("accepted");
    }

    /** {@code done}, {@code next}, {@code later}, {@code give-up}, {@code give-up-and-suppress}. */
    String action() {
        return decision.map(
                        d -> d.suppress() ? "give-up-and-suppress" : d.step().code())
                .orElse("done");
    }

    String userState() {
        return decision.map(d -> d.userState().code()).orElse("sent");
    }
}
