package dev.authmail.delivery;

import java.util.List;
import java.util.Optional;

/**
 * What a reply means and why.
 *
 * @param finding what it is about
 * @param source where the rule stands; none when no rule matched
 * @param because the conditions of the rule, each with what fulfilled it
 * @param waitAsked whether the server's own text asks for the wait
 * @param known whether a rule knows such replies; otherwise only phase and code spoke
 */
public record Explanation(
        Finding finding, Optional<RuleSource> source, List<String> because, boolean waitAsked, boolean known) {
    public Explanation {
        because = List.copyOf(because);
    }
}
