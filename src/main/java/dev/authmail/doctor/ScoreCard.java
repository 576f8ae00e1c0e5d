package dev.authmail.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What each provider demands in public, and how the set-up stands to it. */
public final class ScoreCard {
    private static final Demand DKIM_OR_SPF = new Demand("SPF and DKIM", Set.of("spf", "dkim"));
    private static final Demand DMARC = new Demand("DMARC policy and alignment", Set.of("dmarc"));
    private static final Demand PTR = new Demand("PTR and back", Set.of("ptr"));
    private static final Demand TAKES_MAIL = new Demand("domains that take mail", Set.of("domain"));
    private static final List<Provider> PROVIDERS = List.of(
            new Provider("Google", List.of(DKIM_OR_SPF, DMARC, PTR)),
            new Provider("Yahoo", List.of(DKIM_OR_SPF, DMARC, PTR, TAKES_MAIL)),
            new Provider("Microsoft", List.of(DKIM_OR_SPF, DMARC, PTR, TAKES_MAIL)),
            new Provider("Apple", List.of(DKIM_OR_SPF, DMARC, PTR)),
            new Provider("docomo and au", List.of(DKIM_OR_SPF, PTR, TAKES_MAIL)));

    private ScoreCard() {}

    /**
     * What one provider demands.
     *
     * @param name of the provider
     * @param demands what it wants
     */
    private record Provider(String name, List<Demand> demands) {}

    private record Demand(String words, Set<String> checks) {}

    /**
     * One provider's demand and how it is met.
     *
     * @param status the worst finding of the checks that the demand is about; unknown when none was run
     */
    public record Score(String provider, String demand, Status status) {}

    /** How a set-up stands, by provider. */
    public static List<Score> of(List<Finding> findings) {
        List<Score> scores = new ArrayList<>();
        for (Provider provider : PROVIDERS) {
            for (Demand demand : provider.demands()) {
                scores.add(new Score(provider.name(), demand.words(), worst(demand, findings)));
            }
        }
        return scores;
    }

    /** The worst of a demand; a check that was not run leaves it unknown. */
    private static Status worst(Demand demand, List<Finding> findings) {
        return demand.checks().stream()
                .map(check -> findings.stream()
                        .filter(f -> f.check().equals(check))
                        .map(Finding::status)
                        .max(Status::compareTo)
                        .orElse(Status.UNKNOWN))
                .max(Status::compareTo)
                .orElse(Status.UNKNOWN);
    }
}
