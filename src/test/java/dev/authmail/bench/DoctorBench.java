package dev.authmail.bench;

import dev.authmail.address.Domain;
import dev.authmail.address.IpAddress;
import dev.authmail.dns.Dns;
import dev.authmail.dns.DnsJava;
import dev.authmail.dns.DnsSettings;
import dev.authmail.doctor.Check;
import dev.authmail.doctor.DnsChecks;
import dev.authmail.doctor.Doctor;
import dev.authmail.doctor.Finding;
import dev.authmail.doctor.MailHostChecks;
import dev.authmail.doctor.Setup;
import dev.authmail.doctor.WaysToBeWrong;
import dev.authmail.doctor.WaysToBeWrong.Way;
import dev.authmail.mtasts.ParsedStsPolicy;
import dev.authmail.mtasts.PolicyFetch;
import dev.authmail.mtasts.StsPolicy;
import dev.authmail.smtp.SmtpClientSettings;
import dev.authmail.smtp.SmtpProbe;
import dev.authmail.testkit.DnsServer;
import dev.authmail.testkit.ScriptedSmtpServer;
import dev.authmail.testkit.TestCertificates;
import dev.authmail.testkit.TestIdentity;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/** How long the doctor takes: with a set-up that is well and 20 ms for each DNS answer, and with DNS servers that are dead. */
public final class DoctorBench {
    private static final Duration ANSWER = Duration.ofMillis(20);
    private static final Duration LIMIT = Duration.ofSeconds(22);
    private static final int RUNS = 5;

    private DoctorBench() {}

    public static void main(String[] args) throws Exception {
        TestIdentity identity = new TestCertificates().identity("mx.well.test");
        Way well = WaysToBeWrong.all(identity.tlsa(3, 1, 1, 0)).getFirst();
        try (DnsServer server = DnsServer.start().zone(".", String.join("\n", zone(well)) + "\n");
                ScriptedSmtpServer mx = ScriptedSmtpServer.start();
                DatagramSocket silent = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            mx.startTls(identity.context());
            for (int run = 0; run < RUNS; run++) {
                try (DnsJava dns = dns((InetSocketAddress) server.address())) {
                    measure("well, 20 ms an answer", well, slow(dns), mx.port());
                }
            }
            try (DnsJava dns = dns((InetSocketAddress) silent.getLocalSocketAddress())) {
                measure("dead DNS server", well, dns, mx.port());
            }
        }
    }

    private static List<String> zone(Way well) {
        List<String> records = new ArrayList<>(well.records());
        records.add("2.0.0.127.bl.test. A 127.0.0.2");
        records.add("test.dbl.test. A 127.0.1.2");
        return records;
    }

    private static void measure(String what, Way way, Dns dns, int port) {
        Setup setup = new Setup(
                new Domain(way.domain()),
                new Domain("bounce." + way.domain()),
                Optional.of("mail." + way.domain()),
                List.of(IpAddress.parse("192.0.2." + way.number()).orElseThrow()),
                List.of(new Setup.SigningKey(way.domain(), "s1", WaysToBeWrong.KEY)),
                List.of(),
                new Setup.Blocklists(List.of("bl.test"), List.of("dbl.test")));
        List<Check> checks = new ArrayList<>(DnsChecks.of(setup, dns, Clock.systemUTC()));
        checks.addAll(MailHostChecks.dialling(
                        domain -> policy(way.domain()), new SmtpProbe(SmtpClientSettings.of("mail.well.test")), port)
                .of(setup.envelope(), dns, Clock.systemUTC()));
        long begin = System.nanoTime();
        List<Finding> findings = new Doctor(LIMIT).examine(checks, check -> {});
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
        Map<String, Long> counts =
                findings.stream().collect(Collectors.groupingBy(f -> f.status().word(), Collectors.counting()));
        System.out.printf("%s: %d ms, %d checks, findings %s%n", what, millis, checks.size(), counts);
    }

    private static PolicyFetch policy(String domain) {
        String text = "version: STSv1\nmode: enforce\nmx: *.%s\nmax_age: 604800\n".formatted(domain);
        return switch (StsPolicy.parse(text)) {
            case ParsedStsPolicy.Valid valid -> new PolicyFetch.Fetched(valid.policy());
            case ParsedStsPolicy.Invalid invalid -> throw new IllegalStateException(invalid.rule());
        };
    }

    /** Each answer takes its time. */
    private static Dns slow(Dns dns) {
        return (Dns) Proxy.newProxyInstance(
                Dns.class.getClassLoader(), new Class<?>[] {Dns.class}, (p, method, args) -> {
                    LockSupport.parkNanos(ANSWER.toNanos());
                    try {
                        return method.invoke(dns, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static DnsJava dns(InetSocketAddress server) {
        DnsSettings standard = DnsSettings.defaults();
        return new DnsJava(new DnsSettings(
                List.of(server),
                standard.timeout(),
                standard.retries(),
                standard.cacheEntries(),
                standard.maxTtl(),
                standard.maxNegativeTtl()));
    }
}
