package dev.authmail.spf;

import dev.authmail.dns.Dns;
import java.time.Clock;
import java.util.Optional;

/** {@code check_host()}: may this address send for this domain? RFC 7208 §4. Thread-safe. */
public final class SpfEvaluator {
    private final Dns dns;
    private final SpfSettings settings;
    private final Clock clock;

    /**
     * @param dns where records are looked up
     * @param clock bounds the time, and tells it to explanations
     */
    public SpfEvaluator(Dns dns, SpfSettings settings, Clock clock) {
        this.dns = dns;
        this.settings = settings;
        this.clock = clock;
    }

    /** Evaluates. Blocks for the time limit of the settings at most, and one answer of the DNS. */
    public SpfEvaluation evaluate(SpfQuery query) {
        Lookups lookups = new Lookups(dns, settings, clock);
        Optional<String> domain = Names.start(query.domain());
        if (domain.isEmpty()) {
            Verdict none =
                    Verdict.of(SpfResult.NONE, "no domain that could have a record: it is malformed or has no dot");
            return evaluation(query, query.domain(), none, Optional.empty(), lookups);
        }
        ValidatedNames names = new ValidatedNames(lookups, query.client());
        MacroExpander macros = new MacroExpander(query, settings.receiver(), clock.instant(), names::best);
        Verdict verdict = new CheckHost(query.client(), lookups, macros, names).check(domain.get());
        return evaluation(query, domain.get(), verdict, explanation(verdict, lookups, macros), lookups);
    }

    /** The domain's words about a fail; anything wrong with them, and there are none. §6.2. */
    private static Optional<String> explanation(Verdict verdict, Lookups lookups, MacroExpander macros) {
        if (verdict.result() != SpfResult.FAIL) {
            return Optional.empty();
        }
        return verdict.explanation()
                .filter(spec -> !macros.cannotBeAName(spec))
                .map(spec -> Names.shortened(macros.expand(spec, verdict.domain())))
                .map(lookups::explanations)
                .filter(texts -> texts.size() == 1)
                .flatMap(texts -> MacroParser.explanation(texts.getFirst()))
                .map(text -> macros.expand(text, verdict.domain()))
                .filter(text -> text.chars().allMatch(c -> c >= ' ' && c <= '~'));
    }

    private static SpfEvaluation evaluation(
            SpfQuery query, String domain, Verdict verdict, Optional<String> explanation, Lookups lookups) {
        return new SpfEvaluation(
                verdict.result(),
                query.identity(),
                domain,
                verdict.term().map(term -> new SpfEvaluation.Matched(term, verdict.domain())),
                verdict.reason(),
                explanation,
                lookups.terms(),
                lookups.voids());
    }
}
