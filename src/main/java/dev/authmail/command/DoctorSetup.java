package dev.authmail.command;

import dev.authmail.dns.Dns;
import dev.authmail.dns.DnsSettings;
import dev.authmail.doctor.Check;
import dev.authmail.doctor.DnsChecks;
import dev.authmail.doctor.MailHostChecks;
import dev.authmail.doctor.OutsideAddress;
import dev.authmail.doctor.OutsideCheck;
import dev.authmail.doctor.RoundTripCheck;
import dev.authmail.doctor.Setup;
import dev.authmail.reports.PolicyAdvice;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The service's set-up as the doctor examines it.
 *
 * @param setup how mail is sent
 * @param relays checks of the relays
 * @param outside connects to an MX host outside, when mail goes there directly
 * @param mailHosts looks at the hosts that take mail for the envelope sender
 * @param dns how the DNS is asked
 * @param roundTrips opens what sends mails through the relays; throws a {@link CommandFailure} when settings are wrong
 */
public record DoctorSetup(
        Setup setup,
        List<Check> relays,
        Optional<OutsideCheck> outside,
        MailHostChecks mailHosts,
        DnsSettings dns,
        Supplier<RoundTrips> roundTrips) {
    private static final Duration ANSWER = Duration.ofSeconds(5);

    public DoctorSetup {
        relays = List.copyOf(relays);
    }

    /** The same set-up without blocklists. */
    DoctorSetup withoutBlocklists() {
        return new DoctorSetup(setup.with(Setup.Blocklists.NONE), relays, outside, mailHosts, dns, roundTrips);
    }

    /**
     * Everything that is looked at. Without any address that is told, the one that the outside sees is examined.
     *
     * @param more addresses that mail leaves from, beside those that are configured
     * @param advice what DMARC reports that came in say
     */
    public List<Check> checks(List<InetAddress> more, List<PolicyAdvice> advice, Dns asked, Clock clock) {
        return checks(more, advice, asked, clock, Optional.empty());
    }

    /**
     * The same.
     *
     * @param trips opened round trips, where they are asked for
     */
    List<Check> checks(
            List<InetAddress> more, List<PolicyAdvice> advice, Dns asked, Clock clock, Optional<RoundTrips> trips) {
        Optional<OutsideCheck> now = outside.map(OutsideCheck::again);
        List<InetAddress> addresses = new ArrayList<>(setup.addresses());
        addresses.addAll(more);
        List<RoundTripCheck> through = trips.map(each -> each.checks(setup.with(addresses), asked, clock))
                .orElse(List.of());
        if (addresses.isEmpty()) {
            Duration limit = trips.map(RoundTrips::limit).orElse(ANSWER);
            Stream.<OutsideAddress>concat(now.stream(), through.stream())
                    .flatMap(teller -> teller.seen(limit).stream())
                    .findFirst()
                    .ifPresent(addresses::add);
        }
        List<Check> checks = new ArrayList<>(DnsChecks.of(setup.with(addresses), asked, clock, advice));
        checks.addAll(mailHosts.of(setup.envelope(), asked, clock));
        checks.addAll(relays);
        now.ifPresent(checks::add);
        checks.addAll(through);
        return checks;
    }
}
