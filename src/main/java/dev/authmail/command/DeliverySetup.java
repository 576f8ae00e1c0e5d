package dev.authmail.command;

import dev.authmail.delivery.DirectSettings;
import dev.authmail.delivery.RelaySettings;
import dev.authmail.delivery.RetrySchedule;
import dev.authmail.dns.DnsSettings;
import dev.authmail.mx.MxSettings;
import dev.authmail.smtp.PoolSettings;
import dev.authmail.tlspolicy.TlsSettings;
import dev.authmail.traffic.ProviderLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The service's settings about delivery.
 *
 * @param rules the folder of own reply rules
 * @param relays those that have a host, without credentials
 * @param direct how mail goes straight to MX hosts
 * @param mx which hosts and addresses are used
 * @param dns how the DNS is asked
 * @param tls which policies of recipients' domains are obeyed
 * @param pool limits of connections
 * @param limits of the providers of MX hosts, by their names
 * @param schedule when a mail is tried again
 * @param attemptTimeout the longest that one attempt takes
 */
public record DeliverySetup(
        Optional<Path> rules,
        List<RelaySettings> relays,
        DirectSettings direct,
        MxSettings mx,
        DnsSettings dns,
        TlsSettings tls,
        PoolSettings pool,
        Function<String, ProviderLimits> limits,
        RetrySchedule schedule,
        Duration attemptTimeout) {
    public DeliverySetup {
        relays = List.copyOf(relays);
    }
}
