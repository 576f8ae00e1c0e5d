package dev.authmail.routes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.testkit.Outcome;
import dev.authmail.testkit.PolicyHost;
import dev.authmail.testkit.StartTls;
import dev.authmail.testkit.TestAuthmail;
import dev.authmail.testkit.TestIdentity;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What domains publish about TLS is obeyed on the direct route: the right hosts get the mail, the wrong ones nothing. */
class TlsPolicyRouteTest {
    private static TestAuthmail authmail;
    private static PolicyHost web;

    @BeforeAll
    static void start() {
        authmail = new TestAuthmail();
        TestIdentity identity = authmail.certificates.identity("mx.dane.test", "mx.sts.test", "mx.testing.test");
        TestIdentity other = authmail.certificates.identity("mx.dane.test");
        authmail.mx.startTls(identity.context());
        authmail.secondMx.startTls(StartTls.NOT_OFFERED);
        authmail.dns
                .signedZone("dane.test", """
                        @             MX   10 mx
                        mx            A    127.0.0.2
                        _%1$d._tcp.mx TLSA %2$s
                        """.formatted(authmail.mx.port(), identity.tlsa(3, 1, 1, 0)))
                .signedZone("dane-other.test", """
                        @             MX   10 mx
                        mx            A    127.0.0.2
                        _%1$d._tcp.mx TLSA %2$s
                        """.formatted(authmail.mx.port(), other.tlsa(3, 1, 1, 0)))
                .signedZone("dane-clear.test", """
                        @             MX   10 mx
                        mx            A    127.0.0.3
                        _%1$d._tcp.mx TLSA %2$s
                        """.formatted(authmail.mx.port(), identity.tlsa(3, 1, 1, 0)));
        String announced = "_mta-sts TXT \"v=STSv1; id=1\"\n";
        for (String name : new String[] {"sts", "testing", "sts-name", "sts-stranger"}) {
            authmail.dns.zone(name + ".test", "@ MX 10 mx\nmx A 127.0.0.2\n" + announced);
        }
        authmail.dns.zone("sts-clear.test", "@ MX 10 mx\nmx A 127.0.0.3\n" + announced);
        web = PolicyHost.start(
                authmail.certificates.validFor(Stream.of("sts", "testing", "sts-name", "sts-stranger", "sts-clear")
                        .map(name -> "mta-sts." + name + ".test")
                        .toArray(String[]::new)));
        policy("sts", "enforce", "mx.sts.test");
        policy("testing", "testing", "mx.elsewhere.test");
        policy("sts-name", "enforce", "*.sts-name.test");
        policy("sts-stranger", "enforce", "mx.elsewhere.test");
        policy("sts-clear", "enforce", "mx.sts-clear.test");
        authmail.set("authmail.relays.relay.host", "")
                .set("authmail.dns.timeout", "10s")
                .set("authmail.dane.mode", "trust-anchors")
                .set("authmail.dane.trust-anchors", authmail.dns.trustAnchors())
                .set("authmail.mta-sts.timeout", "60s")
                .set("authmail.mta-sts.proxy", "127.0.0.1:" + web.proxy().getPort())
                .start();
    }

    private static void policy(String name, String mode, String mx) {
        web.policy(
                "mta-sts." + name + ".test", "version: STSv1\nmode: %s\nmx: %s\nmax_age: 86400\n".formatted(mode, mx));
    }

    @AfterAll
    static void stop() {
        authmail.close();
        web.close();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "dane.test,    dane,          tlsa-matched",
        "sts.test,     mta-sts,       trusted",
        "testing.test, opportunistic, trusted"
    })
    void theRightHostGetsTheMail(String domain, String policy, String certificate) {
        authmail.register(domain, "hanako@" + domain);

        Outcome outcome = authmail.outcome(domain, "accepted");
        assertThat(outcome.data("tlsPolicy")).isEqualTo(policy);
        assertThat(outcome.data("tlsCertificate")).isEqualTo(certificate);
        assertThat(outcome.data("tlsVersion")).isEqualTo("TLSv1.3");
        assertThat(outcome.data("tlsFailure")).isEmpty();
        assertThat(outcome.schemaProblems()).isEmpty();
        assertThat(authmail.mx.mailsTo("hanako@" + domain)).hasSize(1);
    }

    @ParameterizedTest(name = "{0}: {4}")
    @CsvSource({
        "dane-other.test,   dane,    tlsa-mismatch, validation-failure,        the record is about another key",
        "dane-clear.test,   dane,    '',            starttls-not-supported,    no STARTTLS",
        "sts-name.test,     mta-sts, wrong-name,    certificate-host-mismatch, the certificate is for others",
        "sts-clear.test,    mta-sts, '',            starttls-not-supported,    no STARTTLS",
        "sts-stranger.test, '',      '',            validation-failure,        the policy names another host"
    })
    void aWrongHostGetsNothingAndTheMailWaits(
            String domain, String policy, String certificate, String failure, String reason) {
        authmail.register(domain, "hanako@" + domain);

        Outcome outcome = authmail.outcome(domain, "deferred");
        assertThat(outcome.data("tlsPolicy")).isEqualTo(policy);
        assertThat(outcome.data("tlsCertificate")).isEqualTo(certificate);
        assertThat(outcome.data("tlsFailure")).isEqualTo(failure);
        assertThat(outcome.schemaProblems()).isEmpty();
        assertThat(authmail.mx.mailsTo("hanako@" + domain)).isEmpty();
        assertThat(authmail.secondMx.mails()).isEmpty();
        assertThat(authmail.secondMx.commands("MAIL")).isEmpty();
    }

    @Test
    void eachPolicyIsFetchedOnce() {
        authmail.register("again", "taro@sts.test");
        authmail.outcome("again", "accepted");

        assertThat(web.requests())
                .filteredOn(r -> r.startsWith("mta-sts.sts.test/"))
                .hasSize(1);
    }
}
