package dev.authmail.bounce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.delivery.Fault;
import dev.authmail.delivery.UserState;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What mails that came back are, and what they mean. */
class BounceReaderTest {

    @ParameterizedTest(name = "{0}: {4}")
    @CsvSource(delimiter = '|', textBlock = """
            # mail                          | kind       | recipient, action, status, tier, userState            | reply | why
            rfc3464-two-recipients.eml      | bounce     | ann@left.example failed 5.1.1 hard address-unknown; bob@full.example failed 4.2.2 soft mailbox-full | 550 452 | each has its own answer; the third got it
            rfc6533-utf8.eml                | bounce     | 花子@例え.example failed 5.1.1 hard address-unknown; 太郎@xn--r8jz45g.example failed 5.2.2 soft mailbox-full | 550 552 | addresses in UTF-8, plain and escaped
            torn-report.eml                 | bounce     | ugo@strict.example failed 5.0.0 policy our-fault      | 550   | an empty line tears the diagnostic
            fields-in-a-text.eml            | bounce     | tea@far.example failed 4.4.2 soft our-fault           | 421   | the fields stand in a text; the last answer counts
            qmail.eml                       | bounce     | kim@nowhere.example failed 5.1.2 hard address-unknown; lou@gone.example failed 5.1.1 hard address-unknown | - 550 | paragraphs of qmail; those in the returned message are not meant
            qmail-cr.eml                    | bounce     | kim@nowhere.example failed 5.1.2 hard address-unknown; lou@gone.example failed 5.1.1 hard address-unknown | - 550 | lines ended by CR
            qmail-crcrlf.eml                | bounce     | kim@nowhere.example failed 5.1.2 hard address-unknown; lou@gone.example failed 5.1.1 hard address-unknown | - 550 | lines ended by CR CR LF
            exim.eml                        | bounce     | max@corp.example failed 5.7.1 policy our-fault        | 554   | spam says nothing about the address
            exchange.eml                    | bounce     | nan@ex.example failed - hard address-unknown          | -     | HTML; whom it was written to is not a heading
            domino.eml                      | bounce     | oz@notes.example failed - hard address-unknown        | -     | words alone
            au-full.eml                     | bounce     | pat@carrier.example failed - soft mailbox-full        | -     | one sentence
            japanese-iso2022.eml            | bounce     | quin@carrier.example failed - hard address-unknown    | -     | ISO-2022-JP
            japanese-sjis-base64.eml        | bounce     | quin@carrier.example failed - hard address-unknown    | -     | Shift_JIS in base64
            japanese-euc-unlabelled-8bit.eml| bounce     | quin@carrier.example failed - hard address-unknown    | -     | EUC-JP
            russian-koi8.eml                | bounce     | rem@mail.example failed 5.2.2 soft mailbox-full       | 550   | KOI8-R in quoted-printable
            body-alone.eml                  | bounce     | sam@gone.example failed 5.1.1 hard address-unknown    | 550   | no header at all
            ses-json.eml                    | bounce     | vic@gone.example failed 5.1.1 hard address-unknown    | 550   | JSON that a sender cut into lines
            local-part-alone.eml            | bounce     | wally77@big.example failed - policy our-fault         | -     | the domain is that of the sender
            no-address-but-returned.eml     | bounce     | 0901234567@mms.example failed - hard address-unknown  | -     | the returned message has the address
            self-bounce.eml                 | bounce     | hello@shop.example failed 5.1.1 hard address-unknown  | -     | who mails to himself
            delay.eml                       | bounce     | hal@slow.example delayed - soft delayed               | -     | not given up yet
            success.eml                     | delivered  | ida@fine.example delivered 2.1.5 delivered sent       | -     | a comment behind the action
            receipt.eml                     | delivered  |                                                       |       | it was read
            arf-abuse.eml                   | arf        | dora@isp.example delivered - feedback sent            | -     | a complaint
            vacation.eml                    | autoreply  |                                                       |       | RFC 3834
            vacation-japanese.eml           | autoreply  |                                                       |       | the subject in ISO-2022-JP
            challenge.eml                   | not_bounce |                                                       |       | a program wants a person
            person.eml                      | not_bounce |                                                       |       | a person says that it did not arrive
            newsletter.eml                  | not_bounce |                                                       |       | the words of a delivery service
            """)
    void isReadAs(String mail, String kind, String recipients, String replies, String why) {
        Bounce bounce = Bounces.fixture(mail);

        assertThat(bounce.kind().code()).as(why).isEqualTo(kind);
        assertThat(bounce.recipients().stream().map(BounceReaderTest::told).collect(Collectors.joining("; ")))
                .as(why)
                .isEqualTo(recipients == null ? "" : recipients);
        assertThat(bounce.recipients().stream()
                        .map(r -> r.replyCode().isPresent() ? "" + r.replyCode().getAsInt() : "-")
                        .collect(Collectors.joining(" ")))
                .as(why)
                .isEqualTo(replies == null ? "" : replies);
    }

    private static String told(ReportedRecipient r) {
        return String.join(
                " ",
                r.recipient(),
                r.action().code(),
                r.status().orElse("-"),
                r.tier().code(),
                r.userState().code());
    }

    @Test
    void whatTellsTheMailIsGiven() {
        BounceClues clues = Bounces.fixture("rfc3464-two-recipients.eml").clues();

        assertThat(clues.sentTo()).containsExactly("bounce+k7mq3@mail.shop.example");
        assertThat(clues.envelopeId()).contains("env-4711");
        assertThat(clues.messageId()).contains("<0199-a@mail.shop.example>");
        assertThat(clues.returnPath()).contains("bounce+k7mq3@mail.shop.example");
        assertThat(clues.autoSubmitted()).contains("auto-replied");
        assertThat(clues.nullSender()).isTrue();
        assertThat(clues.complete()).isTrue();
        assertThat(Bounces.fixture("arf-abuse.eml").clues().feedbackType()).contains("abuse");
        assertThat(Bounces.fixture("qmail.eml").clues().messageId()).contains("<0202-a@mail.shop.example>");
        assertThat(Bounces.fixture("vacation.eml").clues().nullSender()).isFalse();
    }

    @Test
    void anAliasIsKeptBesideTheAddressThatFailed() {
        ReportedRecipient ann =
                Bounces.fixture("rfc3464-two-recipients.eml").recipients().getFirst();

        assertThat(ann.original()).contains("ann.lee@left.example");
        assertThat(ann.suppress()).isTrue();
        assertThat(ann.fault()).isEqualTo(Fault.RECIPIENT);
    }

    @ParameterizedTest(name = "{0}: {4}")
    @CsvSource(delimiter = '|', textBlock = """
            # answer                                        | tier   | userState       | suppress | why
            550 5.1.1 no such user                          | hard   | address-unknown | true     | nobody there
            550 5.2.2 mailbox full                          | soft   | mailbox-full    | false    | 5yz, and it may pass
            450 4.2.1 mailbox disabled for now              | soft   | our-fault       | false    | 4yz is never hard
            554 5.7.1 blocked using zen.spamhaus.org        | policy | our-fault       | false    | about us
            550 5.7.26 DMARC policy of reject               | policy | our-fault       | false    | about us
            552 5.3.4 message size exceeds limit            | policy | our-fault       | false    | about the mail
            550 5.4.6 mail loop, too many hops              | soft   | our-fault       | false    | about the way
            """)
    void theTableOfLiveRepliesDecides(String answer, String tier, String state, boolean suppress, String why) {
        ReportedRecipient told = Bounces.read(
                        "Return-Path: <>\nFrom: MAILER-DAEMON@a.example\nSubject: failure notice\n\n"
                                + "<u@b.example>:\nRemote host said: " + answer + "\n")
                .recipients()
                .getFirst();

        assertThat(told.tier().code()).as(why).isEqualTo(tier);
        assertThat(told.userState()).as(why).isEqualTo(UserState.fromCode(state).orElseThrow());
        assertThat(told.suppress()).as(why).isEqualTo(suppress);
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(delimiter = '|', textBlock = """
            # fields, / is the end of a line                                                                            | told                | why
            Final-Recipient: rfc822; a@x.example/Status: 5.5.0/Diagnostic-Code: smtp; 550 5.7.1 rejected as spam         | a@x.example 5.7.1   | the answer says more than the field
            Final-Recipient: rfc822; a@x.example/Status: 5.1.1/Diagnostic-Code: smtp; 550 5.0.0 no such user             | a@x.example 5.1.1   | the field says more than the answer
            Final-Recipient: rfc822; a@x.example/Status: 4.2.0/Diagnostic-Code: smtp; 550 5.1.1 no such user             | a@x.example 5.1.1   | the answer contradicts
            Original-Recipient: rfc822; a@x.example/Final-Recipient: rfc822; IMCEAEX-_o=X_cn=a@y.example/Status: 5.1.1   | a@x.example 5.1.1   | what Exchange wrapped is no mailbox
            Final-Recipient: rfc822; IMCEAEX-_o=X_cn=a@y.example/Status: 5.1.1                                           | IMCEAEX-_o=X_cn=a@y.example 5.1.1 | unless there is no other
            """)
    void theMoreTellingOfTwoCounts(String fields, String told, String why) {
        ReportedRecipient recipient = Bounces.read("From: MAILER-DAEMON@a.example\nSubject: failure notice\n"
                        + "Content-Type: message/delivery-status\n\nReporting-MTA: dns; a.example\n\nAction: failed\n"
                        + fields.replace("/", "\n") + "\n")
                .recipients()
                .getFirst();

        assertThat(recipient.recipient() + " " + recipient.status().orElse("-"))
                .as(why)
                .isEqualTo(told);
    }
}
