package dev.authmail.dmarc;

import dev.authmail.dns.Dns;
import dev.authmail.dns.DnsAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds the policy that holds for a domain, and its organizational domain, by walking up the DNS. RFC 9989 §4.10.
 * Thread-safe.
 */
public final class PolicyDiscovery {
    /** How many names are asked at most. §4.10. */
    private static final int MAX_QUERIES = 8;

    private final Dns dns;

    /** @param dns where records are looked up */
    public PolicyDiscovery(Dns dns) {
        this.dns = dns;
    }

    /** What was found. */
    public sealed interface Discovered {
        /**
         * All names could be asked.
         *
         * @param organizationalDomain the domain within which names are one owner's
         * @param policy the record that holds; empty when there is none
         */
        record Known(String organizationalDomain, Optional<PublishedPolicy> policy) implements Discovered {}

        /** A name could not be asked now. */
        record Unknown(String detail) implements Discovered {}
    }

    /**
     * A record and where it stands.
     *
     * @param domain without the label {@code _dmarc}
     * @param record the record
     * @param text as published
     */
    public record PublishedPolicy(String domain, DmarcRecord record, String text) {}

    /** @param domain as A-labels */
    public Discovered discover(String domain) {
        String start = domain.toLowerCase(Locale.ROOT);
        List<PublishedPolicy> found = new ArrayList<>();
        for (String name : names(start)) {
            switch (dns.txt(DmarcRecord.LABEL + "." + name)) {
                case DnsAnswer.Failed<String> failed -> {
                    return new Discovered.Unknown(failed.detail());
                }
                case DnsAnswer.NoSuchName<String> none -> {}
                case DnsAnswer.NoData<String> none -> {}
                case DnsAnswer.Found<String> texts ->
                    single(name, texts.records()).ifPresent(found::add);
            }
            if (!found.isEmpty() && endsWalk(found.getLast(), start)) {
                break;
            }
        }
        return known(start, found);
    }

    /** The names to ask, the longest first. §4.10, steps 1 to 8. */
    static List<String> names(String start) {
        List<String> names = new ArrayList<>(List.of(start));
        String[] labels = start.split("\\.", -1);
        int skip = labels.length < MAX_QUERIES ? 1 : labels.length - (MAX_QUERIES - 1);
        for (int i = skip; i < labels.length; i++) {
            names.add(String.join(".", List.of(labels).subList(i, labels.length)));
        }
        return names;
    }

    /** Several records are as good as none. §4.10, step 2. */
    private static Optional<PublishedPolicy> single(String domain, List<String> texts) {
        List<String> records = texts.stream().filter(DmarcRecord::isDmarc).toList();
        return records.size() == 1
                ? DmarcRecord.parse(records.getFirst())
                        .record()
                        .map(record -> new PublishedPolicy(domain, record, records.getFirst()))
                : Optional.empty();
    }

    private static boolean endsWalk(PublishedPolicy policy, String start) {
        return switch (policy.record().psd()) {
            case NO -> true;
            case YES -> !policy.domain().equals(start);
            case UNKNOWN -> false;
        };
    }

    private static Discovered known(String start, List<PublishedPolicy> found) {
        String organizational = organizational(start, found);
        Optional<PublishedPolicy> policy = at(start, found)
                .or(() -> at(organizational, found))
                // The record of a public suffix, for domains that publish none. §4.10.1.
                .or(() -> found.stream()
                        .filter(p -> p.record().psd() == DmarcRecord.Psd.YES)
                        .findFirst());
        return new Discovered.Known(organizational, policy);
    }

    private static Optional<PublishedPolicy> at(String domain, List<PublishedPolicy> found) {
        return found.stream().filter(p -> p.domain().equals(domain)).findFirst();
    }

    /** §4.10.2. */
    private static String organizational(String start, List<PublishedPolicy> found) {
        for (PublishedPolicy policy : found) {
            if (policy.record().psd() == DmarcRecord.Psd.NO) {
                return policy.domain();
            }
            if (policy.record().psd() == DmarcRecord.Psd.YES && !policy.domain().equals(start)) {
                return oneLabelMore(start, policy.domain());
            }
        }
        return found.isEmpty() ? start : found.getLast().domain();
    }

    private static String oneLabelMore(String start, String suffix) {
        String above = start.substring(0, start.length() - suffix.length() - 1);
        return above.substring(above.lastIndexOf('.') + 1) + "." + suffix;
    }
}
