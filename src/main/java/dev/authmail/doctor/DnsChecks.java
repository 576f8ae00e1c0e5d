package dev.authmail.doctor;

import dev.authmail.dns.Dns;
import dev.authmail.reports.PolicyAdvice;
import dev.authmail.spf.SpfEvaluator;
import dev.authmail.spf.SpfSettings;
import java.net.InetAddress;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Everything that the DNS alone can tell about a set-up. */
public final class DnsChecks {
    private DnsChecks() {}

    /**
     * The checks for a set-up.
     *
     * @param clock bounds evaluations
     */
    public static List<Check> of(Setup setup, Dns dns, Clock clock) {
        return of(setup, dns, clock, List.of());
    }

    /**
     * The checks for a set-up.
     *
     * @param clock bounds evaluations
     * @param advice what DMARC reports that came in say
     */
    public static List<Check> of(Setup setup, Dns dns, Clock clock, List<PolicyAdvice> advice) {
        List<Check> checks = new ArrayList<>();
        String host = setup.ehloName().filter(n -> n.contains(".")).orElse("mail." + setup.author());
        SpfEvaluator spf = new SpfEvaluator(dns, SpfSettings.defaults(), clock);
        boolean one = setup.author().equals(setup.envelope());
        for (InetAddress address : setup.addresses()) {
            checks.add(new ReverseDnsCheck(dns, address, setup.ehloName(), host));
        }
        if (setup.addresses().isEmpty()) {
            checks.add(new NotLookedAt(
                    "ptr",
                    setup.author().ascii(),
                    "no sending address is known",
                    "authmail.doctor.addresses, or --address: what mail leaves from, as the world sees it"));
        }
        checks.add(new MailDomainCheck(dns, setup.author(), "From", setup.envelope()));
        if (!one) {
            checks.add(new MailDomainCheck(dns, setup.envelope(), "envelope", setup.author()));
        }
        checks.add(new SpfCheck(dns, spf, setup.envelope(), setup.addresses(), true));
        if (!one) {
            checks.add(new SpfCheck(dns, spf, setup.author(), setup.addresses(), false));
        }
        setup.keys()
                .forEach(key ->
                        checks.add(new DkimKeyCheck(dns, key.domain(), key.selector(), Optional.of(key.record()))));
        setup.selectors()
                .forEach(selector ->
                        checks.add(new DkimKeyCheck(dns, setup.author().ascii(), selector, Optional.empty())));
        if (setup.keys().isEmpty() && setup.selectors().isEmpty()) {
            checks.add(new NotLookedAt(
                    "dkim",
                    setup.author().ascii(),
                    "no selector is known",
                    "--selector with the name of a key that signs; authmail keygen dkim makes one"));
        }
        checks.add(new DmarcCheck(
                dns,
                setup.author(),
                setup.envelope(),
                setup.keys().stream().map(Setup.SigningKey::domain).collect(Collectors.toSet()),
                advice));
        checks.add(PublishedRecordCheck.tlsReports(dns, setup.envelope()));
        checks.add(PublishedRecordCheck.mark(dns, setup.author()));
        blocklists(setup, dns, checks);
        return checks;
    }

    private static void blocklists(Setup setup, Dns dns, List<Check> checks) {
        for (String zone : setup.lists().addresses()) {
            setup.addresses().forEach(address -> checks.add(BlocklistCheck.of(dns, zone, address)));
        }
        for (String zone : setup.lists().domains()) {
            checks.add(BlocklistCheck.of(dns, zone, setup.author().ascii()));
        }
    }
}
