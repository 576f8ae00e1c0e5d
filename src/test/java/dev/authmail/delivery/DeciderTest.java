package dev.authmail.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.address.Domain;
import dev.authmail.address.MailAddress;
import dev.authmail.smtp.SmtpPhase;
import dev.authmail.smtp.SmtpServer;
import dev.authmail.smtp.TlsPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The table of {@code docs/delivery.md}, row by row. */
class DeciderTest {
    private static final MailAddress RECIPIENT = new MailAddress("hanako.yamada", new Domain("example.test"));

    private final Decider decider = new Decider(new ReplyClassifier(ReplyRules.shipped()));

    @ParameterizedTest(name = "{0} ({3})")
    @CsvSource(delimiter = '|', textBlock = """
            CONNECT NO_CONNECTION                               | network | failure-no-connection       | no connection
            CONNECT TIMEOUT                                     | network | failure-timeout             | no connection in time
            GREETING CONNECTION_LOST                            | network | failure-connection-lost     | bad greeting
            GREETING PROTOCOL                                   | relay   | failure-protocol            | a greeting that is not SMTP
            GREETING 554 no SMTP service here                   | network | any-greeting                | bad greeting
            STARTTLS TLS_NOT_OFFERED                            | relay   | failure-tls-not-offered     | STARTTLS missing
            STARTTLS 454 4.7.0 TLS not available                | relay   | *                           | STARTTLS refused
            TLS TLS_HANDSHAKE                                   | network | failure-tls-handshake       | STARTTLS failed
            TLS TLS_CERTIFICATE                                 | relay   | failure-tls-certificate     | certificate refused
            AUTH 535 5.7.8 authentication failed                | relay   | relay-auth                  | AUTH refused
            AUTH AUTH_NOT_OFFERED                               | relay   | failure-auth-not-offered    | AUTH not possible
            MAIL SMTPUTF8_NOT_OFFERED                           | relay   | failure-smtputf8-not-offered| the MX host may offer it
            MAIL 421 4.3.2 shutting down                        | relay   | *                           | 421
            RCPT 450 4.1.1 user unknown                         | recipient | unknown-user              | 4yz whatever its text says
            DOT 451 4.3.0 queue file write error                | network | server-trouble              | 4yz
            RCPT 554 5.7.1 Relay access denied                  | relay   | relay-access-denied         | 5yz about the relay
            RCPT 530 5.7.0 Authentication required              | relay   | relay-auth-demanded         | 5yz about our account there
            DOT 554 5.7.1 Daily sending quota exceeded          | relay   | relay-account               | quota
            MAIL 553 5.7.1 Sender address rejected: not owned by user | relay | relay-sender-not-ours   | 5yz about us
            MAIL 550 no                                         | relay   | any-ehlo-relay              | 5yz to MAIL is about us
            DOT 554 5.7.1 blocked using zen.spamhaus.org        | sender  | our-blocklist               | reputation
            EHLO 550 go away                                    | relay   | any-ehlo-relay              | 5yz to EHLO is about the relay
            """)
    void atTheRelayTheNextHopIsTriedAtOnce(String what, String fault, String rule, String reason) {
        Decision decision = decide(Route.RELAY, what, RelaysLeft.TRIED);

        assertThat(decision.step()).as(reason).isEqualTo(Step.NEXT);
        assertThat(decision.reason()).isNull();
        assertThat(decision.userState()).isEqualTo(UserState.DELAYED);
        assertThat(code(decision)).isEqualTo(fault);
        assertThat(decision.rule()).matches(rule.equals("*") ? ".+" : rule);
    }

    @ParameterizedTest(name = "{0} ({3})")
    @CsvSource(delimiter = '|', textBlock = """
            RCPT 550 5.1.1 <a@example.test>: Recipient address rejected: User unknown in local recipient table | recipient | address-unknown | about the recipient
            RCPT 552 5.2.2 mailbox full                         | recipient | mailbox-full    | about the recipient
            RCPT 550 go away                                    | policy    | address-refused | 5yz to RCPT is about that address
            DOT 554 5.7.1 Message content rejected, UBE         | content   | our-fault       | about the content
            DOT 552 5.3.4 Message too large                     | content   | our-fault       | about the content
            DOT 550 no                                          | policy    | our-fault       | 5yz to the whole message
            """)
    void atTheRelayARefusalOfTheMailEndsIt(String what, String fault, String userState, String reason) {
        Decision decision = decide(Route.RELAY, what, RelaysLeft.UNTRIED);

        assertThat(decision.step()).as(reason).isEqualTo(Step.GIVE_UP);
        assertThat(decision.reason()).isEqualTo(Reason.REJECTED);
        assertThat(code(decision)).isEqualTo(fault);
        assertThat(decision.userState().code()).isEqualTo(userState);
    }

    @ParameterizedTest(name = "{0} ({3})")
    @CsvSource(delimiter = '|', textBlock = """
            CONNECT NO_CONNECTION                               | network   | delayed      | no connection
            GREETING 554 no SMTP service here                   | network   | delayed      | a greeting is about that host
            STARTTLS TLS_NOT_OFFERED                            | policy    | delayed      | TLS is demanded
            RCPT 421 4.3.2 shutting down                        | *         | delayed      | 421
            RCPT 451 4.7.1 Greylisting in action                | policy    | delayed      | greylisting
            RCPT 450 4.1.1 user unknown                         | recipient | delayed      | the first digit decides
            RCPT 452 4.2.2 mailbox full                         | recipient | mailbox-full | the user can do something about it
            RCPT 421 5.7.32 From not aligned                    | *         | delayed      | the enhanced code does not decide
            DOT 451 4.7.650 temporarily rate limited due to IP reputation | sender | delayed | 4yz about us
            RCPT 354 go on                                      | *         | delayed      | a code that has no business here
            """)
    void atTheMxATemporaryFailureIsTriedLater(String what, String fault, String userState, String reason) {
        Decision later = decide(Route.DIRECT, what, RelaysLeft.TRIED);

        assertThat(later.step()).as(reason).isEqualTo(Step.LATER);
        assertThat(later.reason()).isNull();
        assertThat(code(later)).matches(fault.equals("*") ? ".+" : fault);
        assertThat(later.userState().code()).isEqualTo(userState);
        assertThat(decide(Route.DIRECT, what, RelaysLeft.NONE).step()).isEqualTo(Step.LATER);
        assertThat(decide(Route.DIRECT, what, RelaysLeft.UNTRIED).step()).isEqualTo(Step.NEXT);
    }

    @ParameterizedTest(name = "{0} ({3})")
    @CsvSource(delimiter = '|', textBlock = """
            RCPT 550 5.1.1 no such user                         | recipient | address-unknown | about the recipient
            RCPT 552 5.2.2 mailbox full                         | recipient | mailbox-full    | about the recipient
            RCPT 550 go away                                    | policy    | address-refused | about that address
            RCPT 554 5.7.1 Relay access denied                  | recipient | address-refused | that host does not serve the domain
            RCPT 556 5.1.10 no mail here                        | recipient | address-unknown | RFC 7504
            DOT 554 5.7.1 message contains spam                 | content   | our-fault       | about the content
            MAIL SMTPUTF8_NOT_OFFERED                           | recipient | address-refused | RFC 6531 3.5
            MAIL TOO_LARGE                                      | content   | our-fault       | RFC 1870
            """)
    void atTheMxARefusalOfTheMailEndsIt(String what, String fault, String userState, String reason) {
        Decision decision = decide(Route.DIRECT, what, RelaysLeft.UNTRIED);

        assertThat(decision.step()).as(reason).isEqualTo(Step.GIVE_UP);
        assertThat(decision.reason()).isEqualTo(Reason.REJECTED);
        assertThat(code(decision)).isEqualTo(fault);
        assertThat(decision.userState().code()).isEqualTo(userState);
    }

    @ParameterizedTest(name = "{0} ({1})")
    @CsvSource(delimiter = '|', textBlock = """
            DOT 550 5.7.26 This message fails to pass SPF checks          | SPF
            DOT 550 5.7.1 DKIM signature did not verify                   | DKIM
            RCPT 550 5.7.25 The IP address does not have a PTR record     | PTR
            GREETING 554 blocked using zen.spamhaus.org                   | reputation, even in the greeting
            DOT 550 5.7.1 very low reputation of the sending domain       | reputation
            MAIL 530 5.7.0 Must issue a STARTTLS command first            | TLS demanded
            MAIL 550 no                                                   | 5yz to MAIL is about us
            """)
    void atTheMxARefusalOfUsGoesThroughARelayOrEndsAsOurFault(String what, String reason) {
        assertThat(decide(Route.DIRECT, what, RelaysLeft.UNTRIED).step())
                .as(reason)
                .isEqualTo(Step.NEXT);
        assertThat(decide(Route.DIRECT, what, RelaysLeft.TRIED).step()).isEqualTo(Step.LATER);

        Decision ended = decide(Route.DIRECT, what, RelaysLeft.NONE);
        assertThat(ended.step()).isEqualTo(Step.GIVE_UP);
        assertThat(ended.fault()).isEqualTo(Fault.SENDER);
        assertThat(ended.userState()).isEqualTo(UserState.OUR_FAULT);
    }

    @ParameterizedTest(name = "{0} {1} ({5})")
    @CsvSource(delimiter = '|', textBlock = """
            DIRECT | NULL_MX           | give-up | recipient | address-unknown | RFC 7505
            DIRECT | NO_SUCH_DOMAIN    | give-up | recipient | address-unknown | NXDOMAIN
            DIRECT | NO_ADDRESS        | give-up | recipient | address-unknown | no MX and no address
            DIRECT | FORBIDDEN_ADDRESS | give-up | recipient | address-refused | private addresses only
            DIRECT | DNS_FAILURE       | later   | network   | delayed         | RFC 5321 5.1
            DIRECT | NOT_IN_POLICY     | next    | policy    | delayed         | RFC 8461 5: a host that may be a stranger's
            DIRECT | TLSA_UNPROVEN     | next    | network   | delayed         | RFC 7672 2.1.2: as if it did not answer
            RELAY  | NO_ADDRESS        | next    | relay     | delayed         | the relay has no address
            RELAY  | DNS_FAILURE       | next    | relay     | delayed         | the relay cannot be looked up
            RELAY  | FORBIDDEN_ADDRESS | next    | relay     | delayed         | the relay has no address for us
            RELAY  | NULL_MX           | next    | relay     | delayed         | nonsense for a relay
            """)
    void noServerToTalkTo(Route route, HopResult.Why why, String step, String fault, String state, String reason) {
        Decision decision =
                decider.decide(route, new HopResult.NoServer(why, "because"), RelaysLeft.UNTRIED, RECIPIENT);

        assertThat(decision.step().code()).as(reason).isEqualTo(step);
        assertThat(code(decision)).isEqualTo(fault);
        assertThat(decision.userState().code()).isEqualTo(state);
        assertThat(decision.detail()).isEqualTo("because");
    }

    @ParameterizedTest
    @EnumSource
    void aLostReplyAfterTheFinalDotIsUnconfirmedWhateverElseThereIs(RelaysLeft relays) {
        for (Route route : Route.values()) {
            Decision decision = decide(route, "LOST", relays);

            assertThat(decision.step()).isEqualTo(Step.UNCONFIRMED);
            assertThat(decision.reason()).isEqualTo(Reason.UNCONFIRMED);
            assertThat(decision.userState()).isEqualTo(UserState.DELAYED);
        }
    }

    @Test
    void acceptedIsDone() {
        Decision decision = decide(Route.DIRECT, "250", RelaysLeft.NONE);

        assertThat(decision.step()).isEqualTo(Step.DONE);
        assertThat(decision.fault()).isNull();
        assertThat(decision.userState()).isEqualTo(UserState.SENT);
        assertThat(decision.detail()).isEqualTo("mx.example.test[192.0.2.1]:25 accepted: 250 2.0.0 queued as 1");
    }

    @Test
    void whatNoRuleKnowsIsToldWithoutTheRecipient() {
        List<UnknownReply> told = new ArrayList<>();
        Decider telling = new Decider(new ReplyClassifier(ReplyRules.shipped()), told::add);
        for (String reply : List.of("RCPT 550 zzqq hanako.yamada@example.test 17", "RCPT 550 no such user", "250")) {
            telling.decide(Route.DIRECT, tried(reply), RelaysLeft.NONE, RECIPIENT);
        }

        assertThat(told)
                .containsExactly(new UnknownReply(
                        Route.DIRECT, SmtpPhase.RCPT, Provider.of("mx.example.test"), 550, "zzqq …@example.test #"));
    }

    @Test
    void aHopThatWasNotTriedLeadsToTheNext() {
        Decision decision =
                decider.decide(Route.RELAY, new HopResult.Skipped("not configured"), RelaysLeft.NONE, RECIPIENT);

        assertThat(decision.step()).isEqualTo(Step.NEXT);
        assertThat(decision.detail()).isEqualTo("not tried: not configured");
    }

    @Test
    void aRuleCanNameAWait() {
        assertThat(decide(Route.DIRECT, "DOT 421 4.7.650 temporarily rate limited", RelaysLeft.NONE)
                        .atLeast())
                .hasMinutes(10);
    }

    @Test
    void theDetailTellsWhoSaidWhatAndHidesTheRecipient() {
        String reply = "RCPT 550 5.1.1 <hanako.yamada@example.test>: user Hanako.Yamada unknown";

        assertThat(decide(Route.DIRECT, reply, RelaysLeft.NONE).detail())
                .isEqualTo(
                        "mx.example.test[192.0.2.1]:25 answered to RCPT: 550 5.1.1 <…@example.test>: user … unknown");
    }

    private Decision decide(Route route, String what, RelaysLeft relays) {
        return decider.decide(route, tried(what), relays, RECIPIENT);
    }

    private static HopResult tried(String what) {
        SmtpServer server = new SmtpServer(
                "mx.example.test", FakeTransport.address("192.0.2.1"), 25, TlsPolicy.OPPORTUNISTIC, null);
        return new HopResult.Tried(server, FakeTransport.transaction(what));
    }

    private static String code(Decision decision) {
        return Optional.ofNullable(decision.fault()).map(Fault::code).orElse("");
    }
}
