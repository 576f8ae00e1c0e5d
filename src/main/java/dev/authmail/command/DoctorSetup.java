package dev.authmail.command;

import dev.authmail.dns.Dns;
import dev.authmail.dns.DnsSettings;
import dev.authmail.doctor.Check;
import dev.authmail.doctor.DnsChecks;
import dev.authmail.doctor.MailHostChecks;
import dev.authmail.doctor.OutsideCheck;
import dev.authmail.doctor.Setup;
import dev.authmail.reports.PolicyAdvice;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The service's set-up as the doctor examines it.
 *
 * @param setup how mail is sent
 * @param relays checks of the relays
 * @param outside connects to an MX host outside, when mail goes there directly
 * @param mailHosts looks at the hosts that take mail for the envelope sender
 * @param dns how the DNS is asked
 */
public record DoctorSetup(
        Setup setup, List<Check> relays, Optional<OutsideCheck> outside, MailHostChecks mailHosts, DnsSettings dns) {
    private static final Duration ANSWER = Duration.ofSeconds(5);

    public DoctorSetup {
        relays = List.copyOf(relays);
    }

    /** The same set-up without blocklists. */
    DoctorSetup withoutBlocklists() {
        return new DoctorSetup(setup.with(Setup.Blocklists.NONE), relays, outside, mailHosts, dns);
    }

    /**
     * Everything that is looked at. Without any address that is told, the one that the outside sees is examined.
     *
     * @param more addresses that mail leaves from, beside those that are configured
     * @param advice what DMARC reports that came in say
     */
    public List<Check> checks(List<InetAddress> more, List<PolicyAdvice> advice, Dns asked, Clock clock) {
        Optional<OutsideCheck> now = outside.map(OutsideCheck::again);
        List<InetAddress> addresses = new ArrayList<>(setup.addresses());
        addresses.addAll(more);
        if (addresses.isEmpty()) {
            now.flatMap(o -> o.seen(ANSWER)).ifPresent(addresses::add);
        }
        List<Check> checks = new ArrayList<>(DnsChecks.of(setup.with(addresses), asked, clock, advice));
        checks.addAll(mailHosts.of(setup.envelope(), asked, clock));
        checks.addAll(relays);
        now.ifPresent(checks::add);
        return checks;
    }
}
