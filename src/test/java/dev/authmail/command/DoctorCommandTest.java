package dev.authmail.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.config.SettingsOfCommands;
import dev.authmail.doctor.MailHostChecks;
import dev.authmail.mtasts.PolicyFetch;
import dev.authmail.testkit.DnsServer;
import dev.authmail.tlsrpt.ResultType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DoctorCommandTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);
    private static final String HEALTHY = """
            example.com. MX 10 mail.example.com.
            example.com. TXT "v=spf1 ip4:192.0.2.7 -all"
            mail.example.com. A 192.0.2.7
            7.2.0.192.in-addr.arpa. PTR mail.example.com.
            s1._domainkey.example.com. TXT "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="
            _dmarc.example.com. TXT "v=DMARC1; p=reject; rua=mailto:dmarc@example.com"
            """;

    private final DnsServer server = DnsServer.start();

    @TempDir
    private Path dir = Path.of("");

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aDomainThatIsNotConfiguredYetIsExamined() {
        Run run = run(HEALTHY, "--selector", "s1");

        assertThat(run.status()).as("advice is fine").isZero();
        assertThat(run.out())
                .contains("ok       ptr  192.0.2.7: PTR and back: mail.example.com")
                .contains(
                        "ok       spf  example.com: 192.0.2.7 passes by ip4:192.0.2.7 (0 of 10 look-ups, 0 of 2 void)")
                .contains("advice   mta-sts")
                .contains("Google – SPF and DKIM: fine; DMARC policy and alignment: fine; PTR and back: fine");
    }

    @Test
    void aFailureSaysWhatToPublish() {
        Run run = run(HEALTHY.replace("7.2.0.192.in-addr.arpa.", "8.2.0.192.in-addr.arpa."), "--selector", "s1");

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out())
                .contains("FAILURE  ptr  192.0.2.7: there is no PTR record")
                .contains("publish: 7.2.0.192.in-addr.arpa. 3600 IN PTR mail.example.com.");
    }

    @Test
    void aNewUserIsToldWhatWasNotLookedAtAndHowItIs() {
        server.zone(".", "example.com. MX 10 mail.example.com.\nmail.example.com. A 192.0.2.7\n");
        Run run = Run.of(
                command(),
                "--domain",
                "example.com",
                "--no-blocklists",
                "--dns",
                "127.0.0.1:" + server.address().getPort());

        assertThat(run.out())
                .contains("unknown  ptr  example.com: not looked at: no sending address is known")
                .contains("wanted: authmail.doctor.addresses, or --address")
                .contains("unknown  dkim  example.com: not looked at: no selector is known")
                .contains("FAILURE  spf  example.com: there is no SPF record")
                .contains("wanted: one that names every sending address (ip4:, ip6:)")
                .as("a record that names nobody does harm")
                .doesNotContain("IN TXT \"v=spf1");
    }

    @Test
    void aNameWithoutAnAddressGetsOneWithItsPtrRecord() {
        Run run = run(
                HEALTHY.replace("mail.example.com. A 192.0.2.7\n", "")
                        .replace("7.2.0.192.in-addr.arpa.", "8.2.0.192.in-addr.arpa."),
                "--selector",
                "s1");

        assertThat(run.out())
                .contains("publish: 7.2.0.192.in-addr.arpa. 3600 IN PTR mail.example.com.")
                .contains("publish: mail.example.com. 3600 IN A 192.0.2.7");
    }

    @Test
    void aDomainOfOurOwnThatSoundsLikeALineIsNone() {
        String zone = HEALTHY.replace("example.com", "whirlpool.test");

        assertThat(runFor("whirlpool.test", zone).out())
                .contains("ok       ptr  192.0.2.7: PTR and back: mail.whirlpool.test");
    }

    @Test
    void aKeyThatIsNotThereIsMadeByKeygen() {
        assertThat(run(HEALTHY, "--selector", "s9").out())
                .contains("FAILURE  dkim  s9._domainkey.example.com: no key is published")
                .contains("authmail keygen dkim makes a key and prints its record");
    }

    @Test
    void jsonIsOneObject() {
        Run run = run(HEALTHY.replace("; rua=mailto:dmarc@example.com", ""), "--selector", "s1", "--json");
        JsonNode json = new JsonMapper().readTree(run.out());

        assertThat(run.status()).isEqualTo(1);
        assertThat(json.get("status").asString()).isEqualTo("warning");
        assertThat(json.get("time").asString()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(json.get("findings").values())
                .anySatisfy(
                        f -> assertThat(f.get("publish").toString()).contains("rua=mailto:dmarc-reports@example.com"));
        assertThat(json.get("scores").size()).isGreaterThan(10);
    }

    @Test
    void thePageHoldsNoMarkupOfStrangers() throws IOException {
        Path page = dir.resolve("doctor.html");
        run(HEALTHY.replace("v=DMARC1; p=reject", "v=DMARC1; p=<script>alert(1)</script>"), "--html", page.toString());

        String html = Files.readString(page);
        assertThat(html)
                .contains("<h1>example.com</h1>")
                .contains("class=\"failure\"")
                .doesNotContain("<script");
    }

    @Test
    void reportsThatCameInSayWhetherItIsTimeForAStricterPolicy() throws IOException {
        Path report = Files.writeString(dir.resolve("report.xml"), """
                <feedback><report_metadata><org_name>r.test</org_name><report_id>1</report_id>
                <date_range><begin>1700000000</begin><end>1702000000</end></date_range></report_metadata>
                <policy_published><domain>example.com</domain><p>none</p></policy_published>
                <record><row><source_ip>192.0.2.7</source_ip><count>500</count><policy_evaluated>
                <disposition>none</disposition><dkim>pass</dkim><spf>pass</spf></policy_evaluated></row>
                <identifiers><header_from>example.com</header_from></identifiers><auth_results/></record></feedback>
                """);
        String zone = HEALTHY.replace("p=reject", "p=none");

        assertThat(run(zone).out()).contains("wanted: p=quarantine, once the reports show that all your mail passes");
        assertThat(run(zone, "--report", report.toString()).out())
                .contains("wanted: p=quarantine: reports cover 23 days and 500 mails of yours, of which 0 fail")
                .contains("publish: _dmarc.example.com. 3600 IN TXT \"v=DMARC1; p=quarantine; rua=");
    }

    @Test
    void whatIsConfiguredIsExaminedAsItIsConfigured() {
        DoctorSetup service = SettingsOfCommands.doctor(List.of(
                "--authmail.mail.from=no-reply@mail.example.com",
                "--authmail.mail.bounce-domain=bounce.example.com",
                "--authmail.smtp.ehlo-name=out.example.com",
                "--authmail.doctor.addresses=192.0.2.7,2001:db8::7",
                "--authmail.relays.relay.host=smtp.example.com"));

        assertThat(service.setup().author().ascii()).isEqualTo("mail.example.com");
        assertThat(service.setup().envelope().ascii()).isEqualTo("bounce.example.com");
        assertThat(service.setup().ehloName()).contains("out.example.com");
        assertThat(service.setup().addresses()).hasSize(2);
        assertThat(service.setup().lists().addresses()).contains("zen.spamhaus.org");
        assertThat(service.relays())
                .singleElement()
                .satisfies(check -> assertThat(check.subject()).isEqualTo("relay (smtp.example.com)"));
        assertThat(service.outside()).isPresent();
    }

    @Test
    void wrongUsageIsOneSentence() {
        assertThat(Run.of(command(), "--domain", "a..b").err()).contains("\"a..b\" is not a domain");
        assertThat(Run.of(command(), "--domain", "a.test", "--address", "x").err())
                .contains("--address x is not an IP");
    }

    private static DoctorCommand command() {
        return new DoctorCommand(
                DnsSource.network(),
                () -> {
                    throw CommandFailure.usage("nothing is configured");
                },
                () -> new MailHostChecks(
                        domain -> new PolicyFetch.Failed(ResultType.STS_POLICY_FETCH_ERROR, "no web here"),
                        (host, address) -> List.of()),
                CLOCK);
    }

    private Run run(String zone, String... args) {
        return runFor("example.com", zone, args);
    }

    private Run runFor(String domain, String zone, String... args) {
        server.zone(".", zone);
        return Run.of(
                command(),
                Stream.concat(
                                Stream.of(
                                        "--domain",
                                        domain,
                                        "--address",
                                        "192.0.2.7",
                                        "--ehlo",
                                        "mail." + domain,
                                        "--no-blocklists",
                                        "--dns",
                                        "127.0.0.1:" + server.address().getPort()),
                                Stream.of(args))
                        .toArray(String[]::new));
    }
}
