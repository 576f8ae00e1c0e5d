package dev.authmail.tlspolicy;

import dev.authmail.dns.DnsJava;
import dev.authmail.dns.DnsSettings;
import dev.authmail.smtp.TrustAnchors;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which policies of recipients' domains are obeyed.
 *
 * @param dane whether TLSA records are obeyed, and who proves the answers of the DNS
 * @param dnsAnchors the file of DS or DNSKEY records that trust in the DNS starts from, with {@link Dane#TRUST_ANCHORS}
 * @param sts whether MTA-STS policies are obeyed
 * @param proxy the HTTP proxy through which policies are fetched, if any
 * @param fetchTimeout the longest that fetching a policy may take
 * @param maxDomains how many policies are kept at most
 * @param authorities whose certificates are believed of the servers that hold policies
 */
public record TlsSettings(
        Dane dane,
        @Nullable Path dnsAnchors,
        boolean sts,
        @Nullable InetSocketAddress proxy,
        Duration fetchTimeout,
        int maxDomains,
        TrustAnchors authorities) {
    /** Who proves the answers of the DNS. */
    public enum Dane {
        /** Nobody: DANE is off. */
        OFF,
        /** They are validated here, from trust anchors down. */
        TRUST_ANCHORS,
        /** A validating resolver on this host. */
        LOCAL_RESOLVER
    }

    public TlsSettings {
        if (!fetchTimeout.isPositive()) {
            throw new IllegalArgumentException(
                    "The time limit of a policy is " + fetchTimeout + "; it must be longer than zero");
        }
        if (maxDomains < 1) {
            throw new IllegalArgumentException("Policies of " + maxDomains + " domains are kept; keep one at least");
        }
    }

    /**
     * The DNS, with answers that are as proven as DANE asks for.
     *
     * @throws IllegalArgumentException when there is nothing that could prove them
     */
    public DnsJava open(DnsSettings dns) {
        return switch (dane) {
            case OFF -> new DnsJava(dns);
            case TRUST_ANCHORS -> DnsJava.validating(dns, Objects.requireNonNull(dnsAnchors, "trust anchors"));
            case LOCAL_RESOLVER -> DnsJava.trustingLocal(dns);
        };
    }
}
