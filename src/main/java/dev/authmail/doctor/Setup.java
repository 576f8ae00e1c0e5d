package dev.authmail.doctor;

import dev.authmail.address.Domain;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * How mail is sent, as far as it is known.
 *
 * @param author the domain in From
 * @param envelope the domain of the envelope sender
 * @param ehloName what is said in EHLO
 * @param addresses the addresses that mail leaves from to the MX hosts
 * @param keys the DKIM keys that sign
 * @param selectors selectors whose published keys are looked at when no key is known
 * @param lists DNS blocklists
 */
public record Setup(
        Domain author,
        Domain envelope,
        Optional<String> ehloName,
        List<InetAddress> addresses,
        List<SigningKey> keys,
        List<String> selectors,
        Blocklists lists) {
    public Setup {
        addresses = List.copyOf(addresses);
        keys = List.copyOf(keys);
        selectors = List.copyOf(selectors);
    }

    /** The same with these addresses. */
    public Setup with(List<InetAddress> others) {
        List<InetAddress> each = others.stream().distinct().toList();
        return new Setup(author, envelope, ehloName, each, keys, selectors, lists);
    }

    /** The same with these blocklists. */
    public Setup with(Blocklists others) {
        return new Setup(author, envelope, ehloName, addresses, keys, selectors, others);
    }

    /**
     * A key that signs.
     *
     * @param domain {@code d=}
     * @param selector {@code s=}
     * @param record the record that must be published
     */
    public record SigningKey(String domain, String selector, String record) {}

    /**
     * Zones of DNS blocklists. RFC 5782.
     *
     * @param addresses that list addresses, such as {@code zen.spamhaus.org}
     * @param domains that list domains, such as {@code dbl.spamhaus.org}
     */
    public record Blocklists(List<String> addresses, List<String> domains) {
        /** Ask none. */
        public static final Blocklists NONE = new Blocklists(List.of(), List.of());

        /** Those that many receivers use; they answer small askers, and none who ask through a public resolver. */
        public static final Blocklists COMMON = new Blocklists(
                List.of("zen.spamhaus.org", "bl.spamcop.net", "psbl.surriel.com"), List.of("dbl.spamhaus.org"));

        public Blocklists {
            addresses = List.copyOf(addresses);
            domains = List.copyOf(domains);
        }
    }
}
