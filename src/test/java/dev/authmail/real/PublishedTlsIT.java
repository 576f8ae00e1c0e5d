package dev.authmail.real;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.address.Domain;
import dev.authmail.address.MailAddress;
import dev.authmail.delivery.Decider;
import dev.authmail.delivery.DirectHop;
import dev.authmail.delivery.DirectSettings;
import dev.authmail.delivery.HopResult;
import dev.authmail.delivery.ReplyClassifier;
import dev.authmail.delivery.ReplyRules;
import dev.authmail.delivery.TlsFailure;
import dev.authmail.dns.DnsJava;
import dev.authmail.dns.DnsSettings;
import dev.authmail.mail.SignedMessage;
import dev.authmail.mx.IpPreference;
import dev.authmail.mx.MxResolver;
import dev.authmail.mx.MxSettings;
import dev.authmail.smtp.Deadline;
import dev.authmail.smtp.Envelope;
import dev.authmail.smtp.SmtpClient;
import dev.authmail.smtp.SmtpClientSettings;
import dev.authmail.smtp.Timeouts;
import dev.authmail.smtp.TlsPolicy;
import dev.authmail.smtp.Transaction;
import dev.authmail.smtp.TrustAnchors;
import dev.authmail.testkit.PolicyHost;
import dev.authmail.testkit.ReceivedMail;
import dev.authmail.testkit.ScriptedSmtpServer;
import dev.authmail.testkit.TestCertificates;
import dev.authmail.testkit.TestIdentity;
import dev.authmail.tlspolicy.TlsPolicies;
import dev.authmail.tlspolicy.TlsSettings;
import dev.authmail.tlsrpt.ResultType;
import dev.authmail.traffic.Gate;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * DANE and MTA-STS with Postfix, Knot, Unbound and a web server: the right hosts get the mail, and none of the wrong ones
 * gets it, with less TLS or otherwise.
 */
@Tag("real")
class PublishedTlsIT {
    private static final String GOOD = "127.0.0.11";
    private static final String EXPIRED = "127.0.0.12";
    private static final String SELF_SIGNED = "127.0.0.13";
    private static final String CLEAR = "127.0.0.14";
    private static final String INTERMEDIATE = "127.0.0.15";
    private static final List<String> DOMAINS = List.of(
            "dane",
            "dane-rolled",
            "dane-expired",
            "dane-self",
            "dane-ta",
            "dane-ta-expired",
            "dane-ta-name",
            "dane-other",
            "dane-clear",
            "dane-unusable",
            "dane-bogus",
            "dane-before-sts",
            "unproven",
            "sts",
            "sts-expired",
            "sts-self",
            "sts-name",
            "sts-clear",
            "sts-stranger",
            "sts-testing",
            "sts-web",
            "plain");

    private static final TestCertificates AUTHORITY = new TestCertificates();
    private static final Map<String, TestIdentity> IDENTITIES = Map.of(
            GOOD, AUTHORITY.identity(names("dane", "dane-ta", "sts", "dane-bogus", "unproven", "plain")),
            EXPIRED, AUTHORITY.expiredIdentity(names("dane-expired", "dane-ta-expired", "sts-expired")),
            SELF_SIGNED, AUTHORITY.selfSignedIdentity(names("dane-self", "sts-self")),
            INTERMEDIATE, AUTHORITY.identityBelow("intermediate", Duration.ofDays(365), "mx.dane-ta.test"));

    private static ScriptedSmtpServer inbox;
    private static PostfixMx postfix;
    private static SignedDns dns;
    private static PolicyHost web;

    private static String[] names(String... domains) {
        return Arrays.stream(domains).map(d -> "mx." + d + ".test").toArray(String[]::new);
    }

    @BeforeAll
    static void start() throws Exception {
        inbox = ScriptedSmtpServer.start();
        Map<String, Optional<TestIdentity>> doors = new LinkedHashMap<>();
        IDENTITIES.forEach((address, identity) -> doors.put(address, Optional.of(identity)));
        doors.put(CLEAR, Optional.empty());
        postfix = PostfixMx.start(doors, inbox.port());
        publishZones();
        publishPolicies();
    }

    private static void publishZones() throws Exception {
        TestIdentity stranger = AUTHORITY.identity("mx.dane.test");
        String good = IDENTITIES.get(GOOD).tlsa(3, 1, 1, 0);
        dns = new SignedDns();
        dane("dane", GOOD, good);
        dane("dane-rolled", GOOD, stranger.tlsa(3, 1, 1, 0), good);
        dane("dane-expired", EXPIRED, IDENTITIES.get(EXPIRED).tlsa(3, 1, 1, 0));
        dane("dane-self", SELF_SIGNED, IDENTITIES.get(SELF_SIGNED).tlsa(3, 0, 2, 0));
        dane("dane-ta", INTERMEDIATE, IDENTITIES.get(INTERMEDIATE).tlsa(2, 1, 1, 1));
        dane("dane-ta-expired", EXPIRED, IDENTITIES.get(EXPIRED).tlsa(2, 0, 1, 1));
        dane("dane-ta-name", INTERMEDIATE, IDENTITIES.get(INTERMEDIATE).tlsa(2, 1, 1, 1));
        dane("dane-other", GOOD, stranger.tlsa(3, 1, 1, 0));
        dane("dane-clear", CLEAR, good);
        dane("dane-unusable", SELF_SIGNED, IDENTITIES.get(SELF_SIGNED).tlsa(1, 1, 1, 0));
        dane("dane-before-sts", GOOD, stranger.tlsa(3, 1, 1, 0));
        // The records are in a zone of their own, whose key is not the one that its parent vouches for.
        String bogus = "_%d._tcp.mx.dane-bogus.test".formatted(postfix.port());
        dns.zone("dane-bogus.test", exchanger(GOOD) + """
                        %1$s. NS ns
                        %1$s. DS 12345 13 2 %2$s
                        """.formatted(bogus, "ab".repeat(32)))
                .zoneWithoutAnchor(bogus, "@ TLSA " + good + "\n");
        dns.zoneWithoutAnchor("unproven.test", exchanger(GOOD) + tlsa(stranger.tlsa(3, 1, 1, 0)));
        sts("sts", GOOD);
        sts("sts-expired", EXPIRED);
        sts("sts-self", SELF_SIGNED);
        sts("sts-name", GOOD);
        sts("sts-clear", CLEAR);
        sts("sts-stranger", GOOD);
        sts("sts-testing", SELF_SIGNED);
        sts("sts-web", SELF_SIGNED);
        dns.zoneWithoutAnchor("plain.test", exchanger(CLEAR)).start();
    }

    private static void dane(String name, String address, String... records) {
        dns.zone(name + ".test", exchanger(address) + tlsa(records) + "_mta-sts TXT \"v=STSv1; id=1\"\n");
    }

    private static void sts(String name, String address) {
        dns.zoneWithoutAnchor(name + ".test", exchanger(address) + "_mta-sts TXT \"v=STSv1; id=1\"\n");
    }

    private static String exchanger(String address) {
        return "@ MX 10 mx\nmx A " + address + "\n";
    }

    private static String tlsa(String... records) {
        StringBuilder lines = new StringBuilder();
        for (String record : records) {
            lines.append("_%d._tcp.mx TLSA %s%n".formatted(postfix.port(), record));
        }
        return lines.toString();
    }

    private static void publishPolicies() {
        String[] hosts = DOMAINS.stream()
                .map(d -> "mta-sts." + d + ".test")
                .filter(h -> !h.contains("sts-web"))
                .toArray(String[]::new);
        web = PolicyHost.start(AUTHORITY.validFor(hosts));
        for (String name : DOMAINS) {
            String mode = name.equals("sts-testing") ? "testing" : "enforce";
            String mx = name.equals("sts-stranger") ? "mx.elsewhere.test" : "*." + name + ".test";
            if (name.startsWith("sts") || name.equals("dane-before-sts")) {
                web.policy(
                        "mta-sts." + name + ".test",
                        "version: STSv1\nmode: %s\nmx: %s\nmax_age: 86400\n".formatted(mode, mx));
            }
        }
    }

    @AfterAll
    static void stop() throws Exception {
        web.close();
        dns.close();
        postfix.close();
        inbox.close();
    }

    private static final String DELIVERED = """
            dane           | DANE          | TLSA_MATCHED | a record of its key
            dane-rolled    | DANE          | TLSA_MATCHED | one of two records, as at a change of keys
            dane-expired   | DANE          | TLSA_MATCHED | RFC 7672 §3.1.1: for DANE-EE the time does not matter
            dane-self      | DANE          | TLSA_MATCHED | nor does who signed it
            dane-ta        | DANE          | TLSA_MATCHED | a record of its authority
            dane-unusable  | DANE          | NOT_TRUSTED  | RFC 7672 §2.2: TLS is demanded, and nothing of the certificate
            unproven       | OPPORTUNISTIC | TRUSTED      | records that nobody proves are as if they were not there
            sts            | MTA_STS       | TRUSTED      | a certificate for its name
            sts-testing    | OPPORTUNISTIC | NOT_TRUSTED  | RFC 8461 §5: a policy that is tested stops nothing
            sts-web        | OPPORTUNISTIC | NOT_TRUSTED  | RFC 8461 §3.3: a policy from a web server that is not the right one
            plain          | OPPORTUNISTIC | -            | no policy: clear text, as ever
            """;

    private static final String REFUSED = """
            dane-other      | validation-failure        | its key is another
            dane-ta-expired | certificate-expired       | below a trust anchor the time matters
            dane-ta-name    | certificate-host-mismatch | … and the name
            dane-clear      | starttls-not-supported    | no STARTTLS
            dane-bogus      | dnssec-invalid            | the records cannot be proven
            dane-before-sts | validation-failure        | MTA-STS would have it, and DANE goes before it
            sts-expired     | certificate-expired       | its time is over
            sts-self        | certificate-not-trusted   | nobody vouches for it
            sts-name        | certificate-host-mismatch | it is for others
            sts-clear       | starttls-not-supported    | no STARTTLS
            sts-stranger    | validation-failure        | the policy names another host
            """;

    @ParameterizedTest(name = "Unbound validates, {0}: {3}")
    @CsvSource(delimiter = '|', textBlock = DELIVERED)
    void theRightHostGetsTheMail(String name, TlsPolicy policy, String certificate, String reason) {
        delivered(TlsSettings.Dane.LOCAL_RESOLVER, name, policy, certificate);
    }

    @ParameterizedTest(name = "validated here, {0}: {3}")
    @CsvSource(delimiter = '|', textBlock = DELIVERED)
    void theRightHostGetsTheMailAlsoWhenAnswersAreValidatedHere(
            String name, TlsPolicy policy, String certificate, String reason) {
        delivered(TlsSettings.Dane.TRUST_ANCHORS, name, policy, certificate);
    }

    @ParameterizedTest(name = "Unbound validates, {0}: {2}")
    @CsvSource(delimiter = '|', textBlock = REFUSED)
    void aWrongHostGetsNothing(String name, String failure, String reason) {
        refused(TlsSettings.Dane.LOCAL_RESOLVER, name, failure);
    }

    @ParameterizedTest(name = "validated here, {0}: {2}")
    @CsvSource(delimiter = '|', textBlock = REFUSED)
    void aWrongHostGetsNothingAlsoWhenAnswersAreValidatedHere(String name, String failure, String reason) {
        refused(TlsSettings.Dane.TRUST_ANCHORS, name, failure);
    }

    private static void delivered(TlsSettings.Dane dane, String name, TlsPolicy policy, String certificate) {
        MailAddress recipient = recipient(dane, name);

        HopResult result = offer(dane, recipient);

        assertThat(result).isInstanceOfSatisfying(HopResult.Tried.class, tried -> {
            assertThat(tried.transaction()).isInstanceOf(Transaction.Accepted.class);
            assertThat(tried.server().tls()).isEqualTo(policy);
            assertThat(
                            tried.transaction().tls() == null
                                    ? "-"
                                    : tried.transaction().tls().certificate().name())
                    .isEqualTo(certificate);
        });
        assertThat(inbox.awaitMailsTo(recipient.wire(), 1))
                .extracting(ReceivedMail::to)
                .hasSize(1);
    }

    private static void refused(TlsSettings.Dane dane, String name, String failure) {
        MailAddress recipient = recipient(dane, name);

        HopResult result = offer(dane, recipient);

        assertThat(TlsFailure.of(result).map(ResultType::code)).as("%s", result).contains(failure);
        assertThat(postfix.log()).doesNotContain(recipient.wire());
    }

    private static MailAddress recipient(TlsSettings.Dane dane, String name) {
        return new MailAddress(
                dane == TlsSettings.Dane.LOCAL_RESOLVER ? "unbound" : "here", new Domain(name + ".test"));
    }

    private static HopResult offer(TlsSettings.Dane dane, MailAddress recipient) {
        TrustAnchors authorities = TrustAnchors.ofPem(AUTHORITY.pem());
        TlsSettings settings =
                new TlsSettings(dane, dns.trustAnchors(), true, web.proxy(), Duration.ofSeconds(60), 100, authorities);
        DnsSettings servers = new DnsSettings(
                List.of(dns.resolver()), Duration.ofSeconds(10), 2, 100, Duration.ofHours(1), Duration.ofMinutes(1));
        MxSettings mx = new MxSettings(5, 4, true, Set.of(), IpPreference.IPV4_ONLY);
        DirectSettings direct =
                new DirectSettings(true, postfix.port(), TlsPolicy.OPPORTUNISTIC, Set.of(), Duration.ofSeconds(5));
        try (DnsJava answers = settings.open(servers);
                TlsPolicies policies =
                        TlsPolicies.open(settings, answers, postfix.port(), host -> true, Clock.systemUTC())) {
            SmtpClient client =
                    new SmtpClient(new SmtpClientSettings("mail.sender.test", Timeouts.DEFAULT, authorities, null));
            DirectHop hop = new DirectHop(
                    new MxResolver(answers, mx, new Random(1)),
                    policies,
                    client,
                    Gate.OPEN,
                    new Decider(new ReplyClassifier(ReplyRules.shipped())),
                    direct);
            byte[] mail = "From: a@sender.test\r\nTo: b@c.test\r\nSubject: hello\r\n\r\nhello\r\n".getBytes(US_ASCII);
            return hop.offer(
                    new SignedMessage(mail),
                    new Envelope(new MailAddress("bounce", new Domain("sender.test")), recipient),
                    Deadline.in(Duration.ofSeconds(30)));
        }
    }
}
