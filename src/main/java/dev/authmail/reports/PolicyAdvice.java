package dev.authmail.reports;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * Whether the reports allow the next step of a domain's DMARC policy: none, then quarantine, then reject.
 *
 * <p>A source is ours when a mail of it passed, or when DKIM or SPF authenticated a name of the domain there. The step is
 * allowed when the reports cover two weeks and a hundred mails of ours, and of those no more than one in a hundred fails.
 * What others send as us is what the policy is for.
 *
 * @param domain whose policy it is
 * @param policy the policy that the last report saw
 * @param next the policy to publish; empty when it is not time, or there is no stricter one
 * @param because why, a sentence without a full stop
 */
public record PolicyAdvice(String domain, String policy, Optional<String> next, String because) {
    private static final Duration LONG_ENOUGH = Duration.ofDays(14);
    private static final long MANY_ENOUGH = 100;
    private static final long ONE_IN = 100;
    private static final Map<String, String> ROAD = Map.of("none", "quarantine", "quarantine", "reject");

    /**
     * The advice for one domain.
     *
     * @param period that its reports cover
     * @param sources of mails with the domain or a name below it in From
     */
    static PolicyAdvice of(String domain, String policy, Duration period, Collection<SourceSummary> sources) {
        String next = ROAD.get(policy);
        if (next == null) {
            return new PolicyAdvice(domain, policy, Optional.empty(), "there is no stricter policy");
        }
        List<SourceSummary> ours =
                sources.stream().filter(s -> isOurs(s, domain)).toList();
        long mails = sum(ours, SourceSummary::messages);
        long failing = mails - sum(ours, SourceSummary::pass);
        String seen = "reports cover " + period.toDays() + " days and " + mails + " mails of yours";
        if (period.compareTo(LONG_ENOUGH) < 0 || mails < MANY_ENOUGH) {
            return new PolicyAdvice(
                    domain,
                    policy,
                    Optional.empty(),
                    seen + "; wait for " + LONG_ENOUGH.toDays() + " days and " + MANY_ENOUGH + " mails");
        }
        if (failing * ONE_IN > mails) {
            return new PolicyAdvice(
                    domain, policy, Optional.empty(), seen + ", of which " + failing + " fail" + worst(ours));
        }
        return new PolicyAdvice(
                domain,
                policy,
                Optional.of(next),
                seen + ", of which " + failing + " fail" + forgotten(sources, domain));
    }

    private static boolean isOurs(SourceSummary source, String domain) {
        return source.pass() > 0
                || source.authenticated().stream().anyMatch(name -> isBelow(name.replaceFirst("^\\w+:", ""), domain));
    }

    static boolean isBelow(String name, String domain) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.equals(domain) || lower.endsWith("." + domain);
    }

    private static long sum(Collection<SourceSummary> sources, ToLongFunction<SourceSummary> count) {
        return sources.stream().mapToLong(count).sum();
    }

    private static String worst(List<SourceSummary> ours) {
        return ours.stream()
                .max(Comparator.comparingLong(s -> s.messages() - s.pass()))
                .map(s -> "; mend " + s.sourceIp() + " first: " + (s.messages() - s.pass()) + " of " + s.messages())
                .orElse("");
    }

    /** Strangers whom somebody authenticated: a forwarder, or a service of ours that nobody thought of. */
    private static String forgotten(Collection<SourceSummary> sources, String domain) {
        String names = sources.stream()
                .filter(s -> !isOurs(s, domain) && !s.authenticated().isEmpty())
                .limit(3)
                .map(s -> s.sourceIp() + " (" + String.join(", ", s.authenticated()) + ")")
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? "" : "; look whether one of these is a service of yours: " + names;
    }
}
