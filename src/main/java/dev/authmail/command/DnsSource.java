package dev.authmail.command;

import dev.authmail.dns.Dns;
import dev.authmail.dns.DnsJava;
import dev.authmail.dns.DnsSettings;
import java.net.InetSocketAddress;
import java.util.Optional;

/** Opens the DNS that a command asks. */
@FunctionalInterface
public interface DnsSource {
    /** @param server the one server to ask; the system's when empty */
    Dns at(Optional<InetSocketAddress> server);

    /** The real DNS. */
    static DnsSource network() {
        return server -> {
            DnsSettings standard = DnsSettings.defaults();
            return new DnsJava(new DnsSettings(
                    server.stream().toList(),
                    standard.timeout(),
                    standard.retries(),
                    standard.cacheEntries(),
                    standard.maxTtl(),
                    standard.maxNegativeTtl()));
        };
    }
}
