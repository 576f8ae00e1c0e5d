package dev.authmail.command;

import dev.authmail.dns.Dns;
import dev.authmail.dns.DnsSettings;
import dev.authmail.doctor.Check;
import dev.authmail.doctor.DnsChecks;
import dev.authmail.doctor.OutsideCheck;
import dev.authmail.doctor.Setup;
import java.net.InetAddress;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The service's set-up as the doctor examines it.
 *
 * @param setup how mail is sent
 * @param relays checks of the relays
 * @param outside connects to an MX host outside, when mail goes there directly
 * @param dns how the DNS is asked
 */
public record DoctorSetup(Setup setup, List<Check> relays, Optional<OutsideCheck> outside, DnsSettings dns) {
    public DoctorSetup {
        relays = List.copyOf(relays);
    }

    /** The same set-up without blocklists. */
    DoctorSetup withoutBlocklists() {
        return new DoctorSetup(setup.with(Setup.Blocklists.NONE), relays, outside, dns);
    }

    /**
     * Everything that is looked at. Without any address that is told, the one that the outside sees is examined.
     *
     * @param more addresses that mail leaves from, beside those that are configured
     */
    public List<Check> checks(List<InetAddress> more, Dns asked, Clock clock) {
        Optional<OutsideCheck> now = outside.map(OutsideCheck::again);
        List<InetAddress> addresses = new ArrayList<>(setup.addresses());
        addresses.addAll(more);
        if (addresses.isEmpty()) {
            now.flatMap(OutsideCheck::seen).ifPresent(addresses::add);
        }
        List<Check> checks = new ArrayList<>(DnsChecks.of(setup.with(addresses), asked, clock));
        checks.addAll(relays);
        now.ifPresent(checks::add);
        return checks;
    }
}
