package dev.authmail.doctor;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.address.Domain;
import dev.authmail.address.IpAddress;
import dev.authmail.address.MailAddress;
import dev.authmail.delivery.Hop;
import dev.authmail.delivery.HopResult;
import dev.authmail.delivery.Route;
import dev.authmail.dkim.DkimAlgorithm;
import dev.authmail.dkim.DkimKey;
import dev.authmail.dkim.DkimSigner;
import dev.authmail.dkim.DkimVerifier;
import dev.authmail.dkim.PublishedKeys;
import dev.authmail.dns.DnsJava;
import dev.authmail.dns.DnsSettings;
import dev.authmail.mail.MailMessage;
import dev.authmail.mail.SignedMessage;
import dev.authmail.roundtrip.MarkedMail;
import dev.authmail.roundtrip.ReturnMailbox;
import dev.authmail.roundtrip.RoundTrip;
import dev.authmail.smtp.Deadline;
import dev.authmail.smtp.Envelope;
import dev.authmail.smtp.SmtpPhase;
import dev.authmail.smtp.SmtpReply;
import dev.authmail.smtp.SmtpServer;
import dev.authmail.smtp.TlsPolicy;
import dev.authmail.smtp.Transaction;
import dev.authmail.testkit.DnsServer;
import dev.authmail.testkit.TestKeys;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A relay that is played: what it does to a mail that was really signed is found, and told once. */
class RoundTripCheckTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);
    private static final String MARK = "k7j2mark";
    private static final String BY_RELAY =
            "Received: from mail.a.test (ptr [%s]) by relay.test with ESMTPSA id 1; Thu, 1 Jan 2026 00:00:01 +0000\r\n";

    @TempDir
    private static Path folder;

    private static final DnsServer SERVER =
            DnsServer.start().zone(".", "bounce.a.test. TXT \"v=spf1 ip4:198.51.100.0/25 -all\"\n");
    private static final DnsJava DNS = new DnsJava(
            new DnsSettings(List.of(SERVER.address()), Duration.ofSeconds(5), 1, 100, Duration.ZERO, Duration.ZERO));

    private static SignedMessage signed;
    private static PublishedKeys published;

    @BeforeAll
    static void sign() {
        TestKeys keys = TestKeys.in(folder);
        List<DkimKey> loaded = List.of(
                DkimKey.load("a.test", "rsa", DkimAlgorithm.RSA_SHA256, keys.rsaFile()),
                DkimKey.load("a.test", "ed", DkimAlgorithm.ED25519_SHA256, keys.ed25519File()));
        Map<String, String> records = loaded.stream()
                .collect(Collectors.toMap(k -> k.selector() + "._domainkey.a.test", DkimKey::publicRecord));
        published = name -> Optional.ofNullable(records.get(name))
                .<PublishedKeys.Answer>map(record -> new PublishedKeys.Answer.Found(List.of(record)))
                .orElseGet(PublishedKeys.Answer.NotFound::new);
        String message = """
                From: no-reply@a.test
                To: check@b.test
                Subject: [authmail doctor k7j2mark] Please confirm
                Date: Thu, 1 Jan 2026 00:00:00 +0000
                Message-ID: <k7j2mark@a.test>

                Confirm that this address is yours.
                https://app.a.test/verify?uid=1
                """.replace("\n", "\r\n");
        signed = new DkimSigner(loaded, CLOCK).sign(new MailMessage(message.getBytes(ISO_8859_1)));
    }

    @AfterAll
    static void stop() {
        DNS.close();
        SERVER.close();
    }

    /** A relay that takes everything, or answers as told. */
    private record PlayedRelay(Optional<Transaction> answer) implements Hop {
        @Override
        public String name() {
            return "main";
        }

        @Override
        public Route route() {
            return Route.RELAY;
        }

        @Override
        public Optional<HopResult.Skipped> obstacle(Domain domain) {
            return Optional.empty();
        }

        @Override
        public HopResult offer(SignedMessage message, Envelope envelope, Deadline deadline) {
            SmtpServer server =
                    new SmtpServer("relay.test", InetAddress.getLoopbackAddress(), 25, TlsPolicy.NONE, null);
            return new HopResult.Tried(
                    server, answer.orElseGet(() -> new Transaction.Accepted(new SmtpReply(250, List.of("ok")), null)));
        }
    }

    private static List<Finding> findings(UnaryOperator<String> relay) {
        return check(relay, List.of()).run();
    }

    private static RoundTripCheck check(UnaryOperator<String> relay, List<String> known) {
        byte[] octets = new byte[signed.size()];
        signed.octets().get(octets);
        byte[] arrived = relay.apply(new String(octets, ISO_8859_1)).getBytes(ISO_8859_1);
        return check(
                Optional.empty(), (mark, limit) -> mark.equals(MARK) ? Optional.of(arrived) : Optional.empty(), known);
    }

    private static RoundTripCheck check(Optional<Transaction> answer, ReturnMailbox mailbox, List<String> known) {
        Envelope envelope = new Envelope(
                new MailAddress("bounce+token", new Domain("bounce.a.test")),
                new MailAddress("check", new Domain("b.test")));
        RoundTrip trip = new RoundTrip(
                () -> new MarkedMail(MARK, signed, envelope),
                mailbox,
                new DkimVerifier(published, CLOCK),
                Duration.ofSeconds(10),
                Duration.ofSeconds(60));
        Setup setup = new Setup(
                new Domain("a.test"),
                new Domain("bounce.a.test"),
                Optional.of("mail.a.test"),
                known.stream().map(text -> IpAddress.parse(text).orElseThrow()).toList(),
                List.of(),
                List.of(),
                Setup.Blocklists.NONE);
        return new RoundTripCheck(new PlayedRelay(answer), trip, setup, DNS, CLOCK);
    }

    /** In the table {@code ^} is a line break and {@code ~} a blank. */
    @ParameterizedTest(name = "{4}")
    @CsvSource(delimiter = '|', textBlock = """
            confirm      | confirm            | FINE    | 2 of 2 DKIM signatures hold after 0 s          | left as it was
            is yours.    | is yours.~~        | FINE    | 2 of 2 DKIM signatures hold                    | blanks at the end of a line do not count
            Message-ID: < | X-Note: a^Message-ID: < | FINE | 2 of 2 DKIM signatures hold                   | what nobody minds
            Message-ID: < | Comments: a^Message-ID: < | ADVICE | changed beside what is signed: Comments was added | a field that is not signed
            uid=1^       | uid=1^--^footer^   | FAILURE | ed: the body was changed): the body got 2 lines at its end | a footer
            https://app  | https://track      | FAILURE | the body is another in 1 line of 2, from line 2 on | links are tracked
            ] Please     | ] [EXT] Please     | FAILURE | Subject was changed                            | the subject is marked
            From: no-reply | From: relay      | FAILURE | From was changed                               | the author is replaced
            Message-ID: <k7j2mark | Message-ID: <other | FAILURE | Message-ID was changed                | another Message-ID
            DKIM-Signature | X-Old-Signature  | FAILURE | rsa: it was taken off                          | signatures are taken off
            s=rsa        | s=rsb              | WARNING | a DKIM signature no longer holds behind the relay (rsa: it was taken off) | one is damaged
            """)
    void whatTheRelayDidToTheMail(String replaced, String by, Status status, String words, String reason) {
        assertThat(findings(mail -> mail.replace(text(replaced), text(by))))
                .as(reason)
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.check()).isEqualTo("round-trip");
                    assertThat(finding.subject()).isEqualTo("main");
                    assertThat(finding.status()).as(finding.found()).isEqualTo(status);
                    assertThat(finding.found()).contains(words);
                    assertThat(finding.expected().isEmpty()).isEqualTo(status == Status.FINE);
                });
    }

    private static String text(String cell) {
        return cell.replace("^", "\r\n").replace('~', ' ');
    }

    @Test
    void theServersThatItPassedAreNamedTheFirstOneFirst() {
        String second = "Received: from relay.test (relay.test [10.0.0.2])\r\n by mx.b.test with ESMTP id 2; Thu\r\n";

        assertThat(findings(mail -> second + BY_RELAY.formatted("10.0.0.1") + mail))
                .singleElement()
                .satisfies(finding -> assertThat(finding.found())
                        .endsWith("; it went by relay.test (TLS), mx.b.test (ESMTP, no TLS)"));
    }

    @Test
    void anEnvelopeSenderThatIsReplacedKeepsBouncesAway() {
        List<Finding> findings = findings(mail -> "Return-Path: <b-1@amazonses.test>\r\n" + mail);

        assertThat(findings).extracting(Finding::status).containsExactly(Status.FINE, Status.WARNING);
        assertThat(findings.get(1).found()).contains("amazonses.test instead of bounce.a.test");
        assertThat(findings(mail -> "Return-Path: <bounce+token@bounce.a.test>\r\n" + mail))
                .hasSize(1);
    }

    @ParameterizedTest(name = "{3}")
    @CsvSource(delimiter = '|', textBlock = """
            203.0.113.5 | 203.0.113.5 | FINE    | it is one of ours
            203.0.113.5 | 203.0.113.6 | WARNING | it is another: NAT
            203.0.113.5 |             | ADVICE  | nobody said which are ours
            10.0.0.1    | 203.0.113.6 |         | within a network it tells nothing of the outside
            """)
    void theAddressThatTheRelaySaw(String seen, String known, Status status, String reason) {
        RoundTripCheck check =
                check(mail -> BY_RELAY.formatted(seen) + mail, known == null ? List.of() : List.of(known));
        List<Finding> addresses =
                check.run().stream().filter(f -> f.check().equals("address")).toList();

        assertThat(addresses.stream().map(Finding::status).toList())
                .as(reason)
                .isEqualTo(status == null ? List.of() : List.of(status));
        assertThat(check.seen(Duration.ofSeconds(20)).map(IpAddress::text))
                .isEqualTo(status == null ? Optional.empty() : Optional.of(seen));
    }

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource({
        "198.51.100.1, FINE, SPF names the address that the relay leaves from",
        "198.51.100.200, FAILURE, the relay is not in the record"
    })
    void spfIsJudgedForTheAddressThatTheRelayLeavesFrom(String leaves, Status status, String reason) {
        String next = "Received: from relay.test (r [" + leaves + "]) by mx.b.test with ESMTPS id 2; Thu\r\n";
        List<Finding> spf = findings(mail -> next + BY_RELAY.formatted("10.0.0.1") + mail).stream()
                .filter(f -> f.check().equals("spf"))
                .toList();

        assertThat(spf).as(reason).singleElement().satisfies(finding -> {
            assertThat(finding.status()).as(finding.found()).isEqualTo(status);
            assertThat(finding.subject()).isEqualTo("bounce.a.test");
            assertThat(finding.found()).startsWith(leaves);
        });
    }

    @Test
    void whatDidNotComeIsUnknown() {
        assertUnknown(
                check(Optional.empty(), (mark, limit) -> Optional.empty(), List.of()), "did not come within 60 s");
    }

    @Test
    void aMailboxThatCannotBeReadIsUnknown() {
        ReturnMailbox closed = (mark, limit) -> {
            throw new IOException("the login was refused");
        };

        assertUnknown(check(Optional.empty(), closed, List.of()), "cannot be read: the login was refused");
    }

    @Test
    void whatTheRelayDoesNotTakeIsUnknownAndNotWaitedFor() {
        Transaction refused = new Transaction.Refused(SmtpPhase.RCPT, new SmtpReply(550, List.of("no")), null);
        ReturnMailbox nobody = (mark, limit) -> {
            throw new AssertionError("nothing can come");
        };

        assertUnknown(check(Optional.of(refused), nobody, List.of()), "did not take the mail: it answered 550");
    }

    private static void assertUnknown(RoundTripCheck check, String words) {
        assertThat(check.run()).singleElement().satisfies(finding -> {
            assertThat(finding.status()).isEqualTo(Status.UNKNOWN);
            assertThat(finding.found()).contains(words);
        });
    }
}
