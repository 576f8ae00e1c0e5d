package dev.authmail.testkit;

import dev.authmail.command.DnsPublishedKeys;
import dev.authmail.dkim.PublishedKeys;
import dev.authmail.dns.DnsJava;
import dev.authmail.dns.DnsSettings;
import java.time.Duration;
import java.util.List;

/** Asks a DNS server of the test kit. */
public final class TestDns {
    private TestDns() {}

    /** The DKIM keys that the server publishes. */
    public static PublishedKeys keys(DnsServer server) {
        return new DnsPublishedKeys(new DnsJava(new DnsSettings(
                List.of(server.address()),
                Duration.ofSeconds(2),
                1,
                100,
                Duration.ofMinutes(1),
                Duration.ofMinutes(1))));
    }
}
