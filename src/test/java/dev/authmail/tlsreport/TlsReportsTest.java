package dev.authmail.tlsreport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.address.Domain;
import dev.authmail.address.MailAddress;
import dev.authmail.delivery.HopResult;
import dev.authmail.dns.DnsJava;
import dev.authmail.dns.DnsSettings;
import dev.authmail.mail.MailMessage;
import dev.authmail.mail.ReportComposer;
import dev.authmail.mtasts.ParsedStsPolicy;
import dev.authmail.mtasts.PolicyFetch;
import dev.authmail.mtasts.StsPolicies;
import dev.authmail.mtasts.StsPolicy;
import dev.authmail.mtasts.StsSettings;
import dev.authmail.mx.MailExchanger;
import dev.authmail.mx.MxLookup;
import dev.authmail.reports.ReportReader;
import dev.authmail.reports.ReportReading;
import dev.authmail.reports.TlsReport;
import dev.authmail.reports.UnpackLimits;
import dev.authmail.smtp.CertificateVerdict;
import dev.authmail.smtp.SmtpPhase;
import dev.authmail.smtp.SmtpReply;
import dev.authmail.smtp.SmtpServer;
import dev.authmail.smtp.TlsPolicy;
import dev.authmail.smtp.TlsSession;
import dev.authmail.smtp.Transaction;
import dev.authmail.testkit.DnsServer;
import dev.authmail.testkit.MovableClock;
import dev.authmail.tlspolicy.TlsPolicies;
import dev.authmail.tlsrpt.ResultType;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From what the direct route saw to the report, which our own reader reads. */
class TlsReportsTest {
    private static final MailExchanger MX = new MailExchanger(10, "mx.one.test");
    private static final Reporter REPORTER = new Reporter(
            "Example Inc.", "postmaster@sender.test", new MailAddress("no-reply", new Domain("sender.test")));
    private static final String STS = "_mta-sts TXT \"v=STSv1; id=1\"\n";
    private static final DnsServer SERVER = DnsServer.start()
            .zone(
                    "plain.test",
                    "_smtp._tls TXT \"v=TLSRPTv1; rua=mailto:tls@plain.test,https://reports.plain.test/v1\"\n")
            .zone("testing.test", STS + "_smtp._tls TXT \"v=TLSRPTv1;rua=mailto:tls@testing.test\"\n")
            .zone("elsewhere.test", STS)
            .zone("enforce.test", STS)
            .zone("gone.test", STS)
            .zone("off.test", STS)
            .zone("silent.test", "@ A 192.0.2.1\n");
    private static final DnsJava DNS = new DnsJava(new DnsSettings(
            List.of(SERVER.address()), Duration.ofSeconds(3), 1, 100, Duration.ofHours(1), Duration.ofMinutes(1)));

    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-24T22:00:00Z"));
    private final TlsSessions sessions = new TlsSessions(clock);
    private final TlsPolicies policies =
            new TlsPolicies(null, new StsPolicies(DNS, TlsReportsTest::served, StsSettings.of(100), clock), clock);

    @AfterAll
    static void stop() {
        DNS.close();
        SERVER.close();
    }

    private static PolicyFetch served(Domain domain) {
        String mode = domain.ascii().split("\\.")[0];
        return switch (mode) {
            case "gone" -> new PolicyFetch.Failed(ResultType.STS_WEBPKI_INVALID, "gone");
            case "elsewhere" -> policy("testing", "mx.elsewhere.test");
            case "off" -> policy("none", MX.host());
            default -> policy(mode, MX.host());
        };
    }

    private static PolicyFetch policy(String mode, String mx) {
        return StsPolicy.parse("version: STSv1\nmode: %s\nmx: %s\nmax_age: 86400\n".formatted(mode, mx))
                        instanceof ParsedStsPolicy.Valid(StsPolicy policy)
                ? new PolicyFetch.Fetched(policy)
                : new PolicyFetch.Failed(ResultType.STS_POLICY_INVALID, "the test is wrong");
    }

    @ParameterizedTest(name = "{0} {1} {2}: {4}")
    @CsvSource(delimiter = '|', textBlock = """
            plain     | OPPORTUNISTIC | TRUSTED        | no-policy-found -                          | TLS, and nobody asks for more
            plain     | OPPORTUNISTIC | NOT_TRUSTED    | no-policy-found -                          | the certificate is nobody's business
            plain     | OPPORTUNISTIC | clear          | no-policy-found starttls-not-supported     | clear text
            plain     | OPPORTUNISTIC | NO_CONNECTION  |                                            | no session at all
            testing   | OPPORTUNISTIC | TRUSTED        | sts -                                      | as the policy wants it
            testing   | OPPORTUNISTIC | EXPIRED        | sts certificate-expired                    | delivered all the same
            testing   | OPPORTUNISTIC | WRONG_NAME     | sts certificate-host-mismatch              | delivered all the same
            testing   | OPPORTUNISTIC | clear          | sts starttls-not-supported                 | delivered all the same
            elsewhere | OPPORTUNISTIC | TRUSTED        | sts validation-failure                     | the policy names another host
            enforce   | MTA_STS       | TRUSTED        | sts -                                      | as the policy wants it
            enforce   | MTA_STS       | TLS_NOT_OFFERED| sts starttls-not-supported                 | not delivered
            enforce   | MTA_STS       | TLS_HANDSHAKE  | sts validation-failure                     | not delivered
            enforce   | MTA_STS       | NOT_IN_POLICY  | sts validation-failure                     | not even tried
            gone      | OPPORTUNISTIC | TRUSTED        | sts sts-webpki-invalid                     | announced and not to be had
            off       | OPPORTUNISTIC | NOT_TRUSTED    | no-policy-found -                          | a policy of mode none is none
            plain     | DANE          | TLSA_MATCHED   | tlsa -                                     | as the records want it
            plain     | DANE          | TLS_NOT_OFFERED| tlsa starttls-not-supported                | not delivered
            plain     | DANE          | TLSA_UNPROVEN  | tlsa dnssec-invalid                        | not even tried
            """)
    void whatASessionCountsAs(String domain, TlsPolicy tls, String how, @Nullable String expected, String reason) {
        see(domain + ".test", tls, how);
        clock.move(Duration.ofDays(1));

        List<DomainDay> days = sessions.takeEnded();
        String counted = days.isEmpty()
                ? null
                : days.getFirst().policies().entrySet().stream()
                        .map(e -> e.getKey().type().code() + " "
                                + (e.getValue().failed() == 0
                                        ? "-"
                                        : e.getValue()
                                                .failures()
                                                .keySet()
                                                .iterator()
                                                .next()
                                                .type()
                                                .code()))
                        .findFirst()
                        .orElseThrow();
        assertThat(counted).as(reason).isEqualTo(expected);
    }

    @Test
    void aDayIsReportedWhenItIsOverOnceAndOurReaderReadsIt() {
        see("testing.test", TlsPolicy.OPPORTUNISTIC, "TRUSTED");
        see("testing.test", TlsPolicy.OPPORTUNISTIC, "TRUSTED");
        see("testing.test", TlsPolicy.OPPORTUNISTIC, "EXPIRED");
        see("silent.test", TlsPolicy.OPPORTUNISTIC, "TRUSTED");
        DueReports due = new DueReports(sessions, new UnsentReports(clock), DNS, REPORTER, new SecureRandom());
        assertThat(due.get()).as("the day is not over").isEmpty();

        clock.move(Duration.ofHours(3));
        List<DueReport> reports = due.get();

        assertThat(reports).as("and silent.test asks for none").hasSize(1);
        DueReport report = reports.getFirst();
        assertThat(report.destination())
                .isEqualTo(new ReportDestination.Mailbox(new MailAddress("tls", new Domain("testing.test"))));
        TlsReport read = read(report.file().gzip());
        assertThat(read)
                .isEqualTo(new TlsReport(
                        "Example Inc.",
                        report.file().id(),
                        "2026-11-24T00:00:00Z",
                        "2026-11-24T23:59:59Z",
                        "postmaster@sender.test",
                        List.of(new TlsReport.PolicyResult(
                                "sts",
                                "testing.test",
                                2,
                                1,
                                List.of(new TlsReport.Failure("certificate-expired", 1, "mx.one.test", "", ""))))));
        assertThat(due.get()).as("once").isEmpty();
    }

    @Test
    void asAMailItHasTheFieldsOfTheRfcAndNoAddressOfAnybody() {
        see("plain.test", TlsPolicy.OPPORTUNISTIC, "clear");
        clock.move(Duration.ofDays(1));
        List<DueReport> reports =
                new DueReports(sessions, new UnsentReports(clock), DNS, REPORTER, new SecureRandom()).get();
        assertThat(reports)
                .extracting(DueReport::destination)
                .containsExactly(
                        new ReportDestination.Mailbox(new MailAddress("tls", new Domain("plain.test"))),
                        new ReportDestination.WebServer(URI.create("https://reports.plain.test/v1")));
        TlsReportFile file = reports.getFirst().file();

        MailMessage mail = new ReportMail(REPORTER, new ReportComposer(clock))
                .compose(file, new MailAddress("tls", new Domain("plain.test")));

        byte[] octets = new byte[mail.size()];
        mail.octets().get(octets);
        String text = new String(octets, US_ASCII);
        String unfolded = text.replace("\r\n ", " ");
        assertThat(unfolded)
                .contains(
                        "\r\nTLS-Report-Domain: plain.test\r\n",
                        "\r\nTLS-Report-Submitter: sender.test\r\n",
                        "\r\nSubject: Report Domain: plain.test Submitter: sender.test Report-ID: <" + file.id()
                                + ">\r\n",
                        "\r\nContent-Type: multipart/report; report-type=\"tlsrpt\"; boundary=",
                        "\r\nContent-Type: application/tlsrpt+gzip\r\n",
                        " filename=\"sender.test!plain.test!"
                                + Instant.parse("2026-11-24T00:00:00Z").getEpochSecond() + "!"
                                + Instant.parse("2026-11-24T23:59:59Z").getEpochSecond() + "!");
        assertThat(text.lines()).allMatch(line -> line.length() < 998);
        assertThat(read(octets).failures())
                .containsExactly(new TlsReport.Failure("starttls-not-supported", 1, "mx.one.test", "", ""));
    }

    @Test
    void twoReplicasReportUnderTwoIds() {
        TlsReportWriter writer = new TlsReportWriter(REPORTER, new SecureRandom());
        DomainDay day = new DomainDay(LocalDate.parse("2026-11-24"), "plain.test");

        assertThat(writer.write(day).id()).isNotEqualTo(writer.write(day).id()).endsWith("@sender.test");
    }

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            mailto:tls@b.test                 | Mailbox   | a mailbox
            mailto:tls+rpt@b.test?subject=x   | Mailbox   | header fields of the URI are not heeded
            MAILTO:tls%40b.test               | Mailbox   | a scheme has no case, octets may be encoded
            https://r.b.test/v1?x=1           | WebServer | a web server
            https://r.b.test:8443/            | WebServer | on another port
            http://r.b.test/                  |           | not encrypted
            ftp://r.b.test/                   |           | nobody asks for that
            mailto:tls@[127.0.0.1]            |           | an address literal
            mailto:tls@localhost              |           | no domain
            mailto:a@b.test%0d%0aRCPT         |           | a line end
            mailto:a@b.test,c@d.test          |           | two
            https://127.0.0.1/                |           | an address
            https://2130706433/               |           | an address as one number
            https://0x7f.1/                   |           | an address in hexadecimal
            https://[::1]/                    |           | an address
            https://localhost/                |           | a name inside
            https://user:pw@r.b.test/         |           | somebody's password
            https:r.b.test                    |           | no host
            """)
    void destinationsThatStrangersWrite(String uri, @Nullable String kind, String reason) {
        assertThat(ReportDestination.of(URI.create(uri))
                        .map(d -> d.getClass().getSimpleName())
                        .orElse(null))
                .as(reason)
                .isEqualTo(kind);
    }

    @Test
    void memoryIsBoundedWhateverDomainsComeAndGo() {
        for (int i = 0; i <= TlsSessions.MAX_DOMAINS; i++) {
            sessions.saw(
                    new Domain("d" + i + ".test"),
                    new TlsPolicies(null, null, clock).of(new Domain("d.test"), found(), TlsPolicy.OPPORTUNISTIC),
                    MX,
                    tried(TlsPolicy.OPPORTUNISTIC, "clear"));
        }
        clock.move(Duration.ofDays(1));

        assertThat(sessions.takeEnded()).hasSize(TlsSessions.MAX_DOMAINS);
    }

    private void see(String domain, TlsPolicy tls, String how) {
        Domain to = new Domain(domain);
        HopResult result = switch (how) {
            case "NOT_IN_POLICY" -> new HopResult.NoServer(HopResult.Why.NOT_IN_POLICY, "not named");
            case "TLSA_UNPROVEN" -> new HopResult.NoServer(HopResult.Why.TLSA_UNPROVEN, "bogus");
            default -> tried(tls, how);
        };
        sessions.saw(to, policies.of(to, found(), TlsPolicy.OPPORTUNISTIC), MX, result);
    }

    private static MxLookup.Found found() {
        return new MxLookup.Found(List.of(MX), false, "");
    }

    private static HopResult tried(TlsPolicy tls, String how) {
        SmtpReply ok = new SmtpReply(250, List.of("ok"));
        Transaction transaction = switch (how) {
            case "clear" -> new Transaction.Accepted(ok, null);
            case "NO_CONNECTION" -> failed(SmtpPhase.CONNECT, Transaction.Failure.NO_CONNECTION);
            case "TLS_NOT_OFFERED" -> failed(SmtpPhase.STARTTLS, Transaction.Failure.TLS_NOT_OFFERED);
            case "TLS_HANDSHAKE" -> failed(SmtpPhase.TLS, Transaction.Failure.TLS_HANDSHAKE);
            default -> new Transaction.Accepted(ok, new TlsSession("TLSv1.3", "x", CertificateVerdict.valueOf(how)));
        };
        return new HopResult.Tried(new SmtpServer(MX.host(), address(), 25, tls, null), transaction);
    }

    private static Transaction failed(SmtpPhase phase, Transaction.Failure failure) {
        return new Transaction.Failed(phase, failure, "so", null);
    }

    private static InetAddress address() {
        try {
            return InetAddress.getByName("192.0.2.1");
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private static TlsReport read(byte[] octets) {
        return switch (new ReportReader(UnpackLimits.defaults()).read(octets).getFirst()) {
            case ReportReading.Tls tls -> tls.report();
            case ReportReading other -> throw new AssertionError(other.toString());
        };
    }
}
