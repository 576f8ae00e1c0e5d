package dev.authmail.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.smtp.Credentials;
import dev.authmail.smtp.SmtpClientSettings;
import dev.authmail.smtp.SmtpProbe;
import dev.authmail.smtp.SmtpServer;
import dev.authmail.smtp.Timeouts;
import dev.authmail.smtp.TlsPolicy;
import dev.authmail.smtp.TrustAnchors;
import dev.authmail.testkit.ScriptedSmtpServer;
import dev.authmail.testkit.TestCertificates;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RelayCheckTest {
    private static final TestCertificates AUTHORITY = new TestCertificates();
    private static final String HOST = "localhost";

    private final ScriptedSmtpServer server = ScriptedSmtpServer.start();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aGoodRelayIsFineAndGetsNoMail() {
        server.startTls(AUTHORITY.validFor(HOST)).requireAuth("u", "p");

        List<Finding> findings = check(TlsPolicy.VERIFIED, new Credentials("u", "p"), Clock.systemUTC());

        assertThat(findings).hasSize(2).allMatch(f -> f.status() == Status.FINE);
        assertThat(findings.getFirst().found()).isEqualTo("takes mail, TLSv1.3 with a good certificate");
        assertThat(server.commands("MAIL")).isEmpty();
    }

    @Test
    void aCertificateThatEndsSoonIsAWarning() {
        server.startTls(AUTHORITY.validFor(HOST));
        Clock later = Clock.offset(Clock.systemUTC(), days(TlsPolicy.VERIFIED).minusDays(5));

        assertThat(check(TlsPolicy.VERIFIED, null, later)).anySatisfy(f -> {
            assertThat(f.status()).isEqualTo(Status.WARNING);
            assertThat(f.found()).matches("the certificate ends in [45] days");
        });
    }

    /** How long the test certificate lasts, as the check says it. */
    private Duration days(TlsPolicy policy) {
        String found = check(policy, null, Clock.systemUTC()).get(1).found();
        return Duration.ofDays(Long.parseLong(found.replaceAll("\\D", "")));
    }

    @Test
    void anExpiredCertificateIsFailure() {
        server.startTls(AUTHORITY.expired(HOST));

        assertFailure(check(TlsPolicy.VERIFIED, null, Clock.systemUTC()), "the certificate has expired");
    }

    @Test
    void noStartTlsIsFailure() {
        assertFailure(check(TlsPolicy.VERIFIED, null, Clock.systemUTC()), "does not offer STARTTLS");
    }

    @Test
    void aRelayThatIsGoneIsFailure() {
        server.close();

        assertFailure(check(TlsPolicy.NONE, null, Clock.systemUTC()), "cannot connect");
    }

    @Test
    void wrongCredentialsAreFailureAndNotTold() {
        server.startTls(AUTHORITY.validFor(HOST)).requireAuth("u", "p");

        List<Finding> findings = check(TlsPolicy.VERIFIED, new Credentials("u", "s3cret"), Clock.systemUTC());

        assertFailure(findings, "it answered 535 in the phase AUTH");
        assertThat(findings.toString()).doesNotContain("s3cret");
    }

    @Test
    void noTlsAndASmallSizeAreWarnings() {
        server.offer("SIZE 1000");

        assertThat(check(TlsPolicy.NONE, null, Clock.systemUTC()))
                .extracting(Finding::status)
                .containsExactly(Status.WARNING, Status.WARNING);
    }

    private static void assertFailure(List<Finding> findings, String words) {
        assertThat(findings).hasSize(1);
        assertThat(findings.getFirst().status()).isEqualTo(Status.FAILURE);
        assertThat(findings.getFirst().found()).contains(words);
    }

    private List<Finding> check(TlsPolicy policy, @Nullable Credentials credentials, Clock clock) {
        SmtpProbe probe = new SmtpProbe(new SmtpClientSettings(
                "out.a.test", Timeouts.all(Duration.ofSeconds(5)), TrustAnchors.ofPem(AUTHORITY.pem()), null));
        RelayCheck.Relay relay = new RelayCheck.Relay(
                "relay", HOST, address -> new SmtpServer(HOST, server.address(), server.port(), policy, credentials));
        return new RelayCheck(relay, probe, clock).run();
    }
}
