package dev.authmail.dns;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.xbill.DNS.ExtendedResolver;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.ResolverConfig;
import org.xbill.DNS.dnssec.ValidatingResolver;

/** The servers that are asked, and what stands before them. */
final class Resolvers {
    private Resolvers() {}

    /** All servers in turn. */
    static Resolver of(DnsSettings settings) {
        List<InetSocketAddress> servers = servers(settings);
        // Each try gets its share of the whole time, so that a server that is silent leaves some for the next.
        Duration share = settings.timeout().dividedBy((long) servers.size() * settings.retries());
        ExtendedResolver all = new ExtendedResolver(servers.stream()
                .map(server -> new DnsServerClient(server, share))
                .toArray(Resolver[]::new));
        all.setRetries(settings.retries());
        all.setTimeout(settings.timeout());
        return all;
    }

    /** A validator before the servers. Without an anchor it would call everything insecure and say nothing. */
    static Resolver validating(Resolver servers, Path anchors) {
        try {
            ValidatingResolver validating = new ValidatingResolver(servers);
            validating.loadTrustAnchors(new ByteArrayInputStream(Files.readAllBytes(anchors)));
            if (validating.getTrustAnchors().items().isEmpty()) {
                throw new IllegalArgumentException(anchors
                        + " holds no DS and no DNSKEY record: give the trust anchors of the root, see docs/tls.md");
            }
            return validating;
        } catch (IOException e) {
            throw new IllegalArgumentException(anchors + " cannot be read as DS or DNSKEY records", e);
        }
    }

    static void requireLoopback(DnsSettings settings) {
        for (InetSocketAddress server : servers(settings)) {
            if (server.getAddress() == null || !server.getAddress().isLoopbackAddress()) {
                throw new IllegalArgumentException(
                        "the DNS server " + server + " is not on loopback: what it says of DNSSEC cannot be believed");
            }
        }
    }

    private static List<InetSocketAddress> servers(DnsSettings settings) {
        return settings.servers().isEmpty() ? ResolverConfig.getCurrentConfig().servers() : settings.servers();
    }
}
