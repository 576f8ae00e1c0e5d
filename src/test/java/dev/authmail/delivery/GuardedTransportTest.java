package dev.authmail.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.authmail.address.Domain;
import dev.authmail.address.MailAddress;
import dev.authmail.mail.SignedMessage;
import dev.authmail.smtp.Deadline;
import dev.authmail.smtp.Envelope;
import dev.authmail.smtp.SmtpServer;
import dev.authmail.smtp.TlsPolicy;
import dev.authmail.traffic.Admission;
import dev.authmail.traffic.Admission.Permit;
import dev.authmail.traffic.Destination;
import dev.authmail.traffic.Gate;
import dev.authmail.traffic.Reception;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuardedTransportTest {
    private static final SmtpServer SERVER =
            new SmtpServer("mx1.one.test", FakeTransport.address("192.0.2.1"), 25, TlsPolicy.OPPORTUNISTIC, null);
    private static final Duration HOUR = Duration.ofHours(1);

    private final FakeTransport transport = new FakeTransport();
    private final List<Reception> told = new ArrayList<>();
    private final Decider decider = new Decider(new ReplyClassifier(ReplyRules.shipped()));
    private Admission admission = (Permit) told::add;

    @ParameterizedTest(name = "{0}: {1} ({3})")
    @CsvSource(delimiter = '|', textBlock = """
            250                                    | Accepted    | Accepted    | taken
            LOST                                   | Unreachable | Unreachable | lost after the final dot
            CONNECT NO_CONNECTION                  | Unreachable | Unreachable | nobody listens
            CONNECT TIMEOUT                        | Unreachable | Unreachable | silence
            GREETING PROTOCOL                      | Unreachable | Unreachable | not SMTP
            RCPT CONNECTION_LOST                   | Unreachable | Unreachable | lost in the middle
            STARTTLS TLS_NOT_OFFERED               | Unreachable | Unreachable | the same for every mail
            TLS TLS_CERTIFICATE                    | Unreachable | Unreachable | the same for every mail
            AUTH AUTH_NOT_OFFERED                  | Unreachable | Unreachable | the same for every mail
            CONNECT CONGESTED                      | NotAsked    | NotAsked    | we have no free connection: says nothing of the server
            MAIL SMTPUTF8_NOT_OFFERED              | Answered    | Answered    | about this recipient
            MAIL TOO_LARGE                         | Answered    | Answered    | about this mail
            GREETING 421 too busy                  | Unreachable | Unreachable | 421
            GREETING 554 no SMTP service here      | Unreachable | Unreachable | no session
            EHLO 502 what                          | Unreachable | Unreachable | no session; nothing is said of us
            EHLO 550 blocked using zen.test        | RefusedUs   | Unreachable | about us, in the answer to EHLO
            STARTTLS 554 TLS encryption is required | Unreachable | Unreachable | about that host's TLS
            AUTH 535 5.7.8 wrong password          | Unreachable | Unreachable | no session
            MAIL 421 4.3.2 shutting down           | Unreachable | Unreachable | 421 at any moment
            RCPT 421 4.3.2 shutting down           | Unreachable | Unreachable | 421 at any moment
            RCPT 550 5.1.1 no such user            | Answered    | Answered    | about the recipient, never counts
            RCPT 450 4.2.0 greylisted              | Answered    | Answered    | about the recipient
            RCPT 452 4.2.2 mailbox full            | Answered    | Answered    | about the recipient
            DOT 554 5.7.1 message contains spam    | Answered    | Answered    | about the message
            DOT 550 5.7.26 SPF fails               | RefusedUs   | Answered    | about us; a relay is ours to mend
            GREETING 554 blocked using zen.test    | RefusedUs   | Unreachable | about us, in the greeting
            MAIL 421 4.7.650 temporarily rate limited | RefusedUs | Unreachable | about our rate
            """)
    void whatIsToldOfAnAnswer(String answer, String direct, String relay, String reason) {
        transport.on("192.0.2.1", answer);

        assertThat(offer(tried -> decider.finding(Route.DIRECT, tried))).isInstanceOf(HopResult.Tried.class);
        assertThat(offer(tried -> null)).isInstanceOf(HopResult.Tried.class);

        assertThat(told)
                .as(reason)
                .extracting(r -> r.getClass().getSimpleName())
                .containsExactly(direct, relay);
    }

    @Test
    void whatAProviderSaidOfUsIsToldWithItsRuleAndWithoutAddresses() {
        transport.on("192.0.2.1", "MAIL 421 4.7.650 temporarily rate limited, mail to hanako@example.test");

        offer(tried -> decider.finding(Route.DIRECT, tried));

        assertThat(told)
                .containsExactly(new Reception.RefusedUs(
                        false,
                        "microsoft-rate",
                        Duration.ofMinutes(10),
                        "421 4.7.650 temporarily rate limited, mail to …@example.test"));
    }

    @ParameterizedTest
    @CsvSource({"UNREACHABLE, network", "CLOSED, sender", "LIMITED, self"})
    void whoIsDeniedIsSkippedAndNobodyIsAsked(Admission.Cause cause, String fault) {
        admission = new Admission.Denied(cause, "because", HOUR);

        HopResult result = offer(tried -> null);

        assertThat(result)
                .isEqualTo(
                        new HopResult.Skipped("because", Fault.fromCode(fault).orElseThrow(), HOUR));
        assertThat(transport.asked()).isEmpty();
    }

    @Test
    void aPermitIsGivenBackEvenWhenTheTransportThrows() {
        assertThatThrownBy(() -> offer(tried -> null)).hasMessageContaining("Nobody scripted");

        assertThat(told).containsExactly(new Reception.NotAsked());
    }

    @Test
    void severalGatesAreOneAndWhatOneDeniesIsGivenBackToThoseBefore() {
        transport.on("192.0.2.1", "250");
        List<Reception> second = new ArrayList<>();
        Gate first = to -> (Permit) told::add;
        assertThat(Gate.all(List.of(first, to -> (Permit) second::add))
                        .ask(new Destination("one.test", SERVER, Duration.ZERO)))
                .isInstanceOfSatisfying(Permit.class, permit -> permit.ended(new Reception.Accepted()));
        assertThat(told).isEqualTo(second).containsExactly(new Reception.Accepted());

        Admission denied = new Admission.Denied(Admission.Cause.CLOSED, "because", HOUR);
        assertThat(Gate.all(List.of(first, to -> denied)).ask(new Destination("one.test", SERVER, Duration.ZERO)))
                .isEqualTo(denied);
        assertThat(told).containsExactly(new Reception.Accepted(), new Reception.NotAsked());
    }

    private HopResult offer(GuardedTransport.Meaning meaning) {
        var envelope = new Envelope(
                new MailAddress("bounce", new Domain("sender.test")),
                new MailAddress("hanako", new Domain("example.test")));
        return new GuardedTransport(transport, to -> admission, meaning)
                .offer(
                        new Destination("one.test", SERVER, Duration.ZERO),
                        envelope,
                        new SignedMessage("A: b\r\n\r\n".getBytes(StandardCharsets.US_ASCII)),
                        Deadline.in(Duration.ofSeconds(30)));
    }
}
