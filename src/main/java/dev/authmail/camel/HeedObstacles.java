package dev.authmail.camel;

import dev.authmail.address.MailAddress;
import dev.authmail.delivery.Attempt;
import dev.authmail.delivery.Hop;
import dev.authmail.delivery.HopResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Foresees that no hop would be offered this mail now: it is closed, or keeps failing, or others have waited in vain for a
 * free connection. Then the attempt has its answers before a mail is made, and the variable {@code decision} is set, as
 * after the last hop; otherwise nothing is.
 */
public final class HeedObstacles implements Processor {
    private final List<Hop> hops;
    private final DecideNextStep decide;

    /**
     * @param hops every hop that a route can name, relays first
     * @param decide says what their answers mean
     */
    public HeedObstacles(List<Hop> hops, DecideNextStep decide) {
        this.hops = List.copyOf(hops);
        this.decide = decide;
    }

    @Override
    public void process(Exchange exchange) {
        MailAddress recipient = Variables.EVENT.of(exchange).email();
        Attempt attempt = Variables.ATTEMPT.of(exchange);
        Map<Hop, HopResult> answers = new LinkedHashMap<>();
        for (Hop hop : hops) {
            Optional<HopResult.Skipped> obstacle = attempt.allows(hop.name())
                    ? hop.obstacle(recipient.domain())
                    : Optional.of(SealedMimeMessage.notThePinned(attempt.pinnedHop()));
            if (obstacle.isEmpty()) {
                return;
            }
            answers.put(hop, obstacle.get());
        }
        answers.forEach((hop, answer) -> decide.decide(exchange, hop, answer, recipient));
    }
}
