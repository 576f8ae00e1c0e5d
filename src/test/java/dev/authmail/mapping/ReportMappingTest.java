package dev.authmail.mapping;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.authmail.bounce.Bounce;
import dev.authmail.bounce.ProviderReportReader;
import dev.authmail.bounce.ReportedRecipient;
import dev.authmail.delivery.ReplyRules;
import dev.authmail.event.StrictJson;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What providers post, and what it means. */
class ReportMappingTest {
    private static final StrictJson JSON = new StrictJson(256 * 1024);
    private static final ProviderReportReader READER = new ProviderReportReader(ReplyRules.shipped());
    private static final String TOKEN = "bounce+" + "a2".repeat(23) + "a@mail.shop.test";
    private static final String MESSAGE_ID = "b3".repeat(22) + "@shop.test";

    /** Kind, then of each recipient the address, action, status, fault, tier and state, and whether it rests. */
    private static String meaning(Bounce bounce) {
        return bounce.kind().code()
                + bounce.recipients().stream()
                        .map(ReportMappingTest::meaning)
                        .collect(Collectors.joining("", " ", ""))
                        .stripTrailing();
    }

    private static String meaning(ReportedRecipient r) {
        return "[" + r.recipient() + " " + r.action().code() + " " + r.status().orElse("-") + " "
                + (r.fault() == null ? "-" : r.fault().code()) + " " + r.tier().code() + " "
                + r.userState().code() + (r.suppress() ? " rests" : "") + "]";
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        nobody has it  | {'email':'a@b.test','event':'bounce','type':'bounce','status':'5.1.1','reason':'550 5.1.1 user unknown'} | bounce [a@b.test failed 5.1.1 recipient hard address-unknown rests]
        full           | {'email':'a@b.test','event':'bounce','type':'bounce','status':'5.2.2','reason':'552 5.2.2 over quota'}    | bounce [a@b.test failed 5.2.2 recipient soft mailbox-full]
        our reputation | {'email':'a@b.test','event':'bounce','type':'blocked','status':'5.7.1','reason':'550 5.7.1 Our system has detected that this message is likely unsolicited mail'} | bounce [a@b.test failed 5.7.1 content policy our-fault]
        tried long enough | {'email':'a@b.test','event':'bounce','type':'blocked','status':'4.4.1','reason':'451 4.4.1 unable to connect'} | bounce [a@b.test failed 4.4.1 network soft our-fault]
        on its list    | {'email':'a@b.test','event':'dropped','status':'5.0.0','reason':'Bounced Address'}        | bounce [a@b.test failed 5.0.0 recipient hard address-unknown rests]
        complained before | {'email':'a@b.test','event':'dropped','reason':'Spam Reporting Address'} | bounce [a@b.test failed - policy policy address-refused]
        still tried    | {'email':'a@b.test','event':'deferred','response':'400 try again later','attempt':'5'} | bounce [a@b.test delayed - policy soft delayed]
        spam           | {'email':'a@b.test','event':'spamreport'}          | arf [a@b.test delivered - - feedback sent]
        delivered      | {'email':'a@b.test','event':'delivered','response':'250 2.0.0 OK'} | delivered [a@b.test delivered 2.0.0 - delivered sent]
        unknown        | {'email':'a@b.test','event':'teleported'}          | not_bounce
        """)
    void sendgrid(String why, String event, String meaning) {
        assertThat(meanings("sendgrid", "[" + event + "]")).as(why).containsExactly(meaning);
        assertThat(meanings("sendgrid", event)).as("alone").containsExactly(meaning);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        nobody has it | {'RecordType':'Bounce','Type':'HardBounce','Email':'a@b.test','Details':'smtp;550 5.1.1 The email account that you tried to reach does not exist.'} | bounce [a@b.test failed 5.1.1 recipient hard address-unknown rests]
        only its word | {'RecordType':'Bounce','Type':'HardBounce','Email':'a@b.test','Details':'','Name':'Hard bounce','Description':'The server was unable to deliver your message (ex: unknown user, mailbox not found).'} | bounce [a@b.test failed - recipient hard address-unknown rests]
        full          | {'RecordType':'Bounce','Type':'SoftBounce','Email':'a@b.test','Details':'smtp;452 4.2.2 The email account is over quota'} | bounce [a@b.test failed 4.2.2 recipient soft mailbox-full]
        still tried   | {'RecordType':'Bounce','Type':'Transient','Email':'a@b.test','Details':'action: delayed'} | bounce [a@b.test delayed - network soft delayed]
        blocked       | {'RecordType':'Bounce','Type':'Blocked','Email':'a@b.test','Name':'ISP block','Description':'Blocked from this ISP due to content or blacklisting.'} | bounce [a@b.test failed - content policy our-fault]
        away          | {'RecordType':'Bounce','Type':'AutoResponder','Email':'a@b.test'} | autoreply
        a challenge   | {'RecordType':'Bounce','Type':'ChallengeVerification','Email':'a@b.test'} | autoreply
        spam          | {'RecordType':'SpamComplaint','Type':'SpamComplaint','Email':'a@b.test'} | arf [a@b.test delivered - - feedback sent]
        spam, listed  | {'RecordType':'Bounce','Type':'SpamComplaint','Email':'a@b.test'} | arf [a@b.test delivered - - feedback sent]
        delivered     | {'RecordType':'Delivery','Recipient':'a@b.test','Details':'smtp;250 2.0.0 OK'} | delivered [a@b.test delivered 2.0.0 - delivered sent]
        unknown       | {'RecordType':'Telepathy'} | not_bounce
        """)
    void postmark(String why, String event, String meaning) {
        assertThat(meanings("postmark", event)).as(why).containsExactly(meaning);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        one of two      | {'eventType':'Bounce','bounce':{'bounceType':'Permanent','bouncedRecipients':[{'emailAddress':'a@b.test','action':'failed','status':'5.1.1','diagnosticCode':'smtp; 550 5.1.1 user unknown'},{'emailAddress':'c@d.test','status':'5.2.2','diagnosticCode':'smtp; 552 5.2.2 mailbox full'}]}} | bounce [a@b.test failed 5.1.1 recipient hard address-unknown rests][c@d.test failed 5.2.2 recipient soft mailbox-full]
        no mailbox      | {'notificationType':'Bounce','bounce':{'bounceType':'Permanent','bounceSubType':'NoEmail','bouncedRecipients':[{'emailAddress':'a@b.test'}]}} | bounce [a@b.test failed - recipient hard address-unknown rests]
        its list        | {'notificationType':'Bounce','bounce':{'bounceType':'Permanent','bounceSubType':'Suppressed','bouncedRecipients':[{'emailAddress':'a@b.test','action':'failed','status':'5.1.1','diagnosticCode':'Amazon SES has suppressed sending to this address because it has a recent history of bouncing as an invalid address.'}]}} | bounce [a@b.test failed 5.1.1 recipient hard address-unknown rests]
        nobody says why | {'notificationType':'Bounce','bounce':{'bounceType':'Permanent','bounceSubType':'General','bouncedRecipients':[{'emailAddress':'a@b.test'}]}} | bounce [a@b.test failed - policy policy address-refused]
        away            | {'notificationType':'Bounce','bounce':{'bounceType':'Transient','bounceSubType':'General','bouncedRecipients':[{'emailAddress':'a@b.test'}]}} | autoreply
        still tried     | {'eventType':'DeliveryDelay','deliveryDelay':{'delayType':'MailboxFull','delayedRecipients':[{'emailAddress':'a@b.test','status':'4.2.2','diagnosticCode':'smtp; 452 4.2.2 over quota'}]}} | bounce [a@b.test delayed 4.2.2 recipient soft mailbox-full]
        a virus         | {'eventType':'Reject','mail':{'destination':['a@b.test']},'reject':{'reason':'Bad content: virus'}} | bounce [a@b.test failed - content policy our-fault]
        spam            | {'notificationType':'Complaint','complaint':{'complaintFeedbackType':'Abuse','complainedRecipients':[{'emailAddress':'a@b.test'}]}} | arf [a@b.test delivered - - feedback sent]
        not spam        | {'notificationType':'Complaint','complaint':{'complaintFeedbackType':'not-spam','complainedRecipients':[{'emailAddress':'a@b.test'}]}} | delivered
        delivered       | {'notificationType':'Delivery','delivery':{'recipients':['a@b.test'],'smtpResponse':'250 2.6.0 received'}} | delivered [a@b.test delivered 2.6.0 - delivered sent]
        unknown         | {'notificationType':'Telepathy'} | not_bounce
        """)
    void ses(String why, String notification, String meaning) {
        assertThat(meanings("ses", notification)).as(why).containsExactly(meaning);
        String quoted = notification.replace("'", "\\'");
        assertThat(meanings("ses", "{'Type':'Notification','Message':'" + quoted + "'}"))
                .as("by SNS")
                .containsExactly(meaning);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        sendgrid | [{'email':'a@b.test','event':'open'},{'email':'a@b.test','event':'processed'}]
        postmark | {'RecordType':'Open'}
        ses      | {'Type':'SubscriptionConfirmation','Message':'You have chosen to subscribe'}
        ses      | {'Type':'Notification','Message':'Successfully validated SNS topic for Amazon SES event publishing.'}
        ses      | {'Type':'Notification','Message':'{\\'eventType\\':\\'Click\\'}'}
        sendgrid | []
        """)
    void whatTellsNothingOfDeliveryIsLeftOut(String provider, String body) {
        assertThat(reports(provider, body)).isEmpty();
    }

    @Test
    void theMarksOfOurMailAreFoundWhereverTheyStand() {
        MappedReport report = reports("ses", """
                {'eventType':'Bounce','bounce':{'timestamp':'2026-11-25T12:00:00.5Z','bouncedRecipients':[]},
                 'mail':{'source':'%s','headers':[{'name':'Message-ID','value':'<%s>'}]}}""".formatted(TOKEN, MESSAGE_ID)).getFirst();
        assertThat(report.report().senders()).containsExactly(TOKEN);
        assertThat(report.report().messageId()).contains(MESSAGE_ID);
        assertThat(report.at()).contains(Instant.parse("2026-11-25T12:00:00.5Z"));
        assertThat(new String(report.json(), UTF_8)).contains("bouncedRecipients");

        assertThat(reports("sendgrid", "[{'event':'bounce','timestamp':1764072000,'smtp-id':'<" + MESSAGE_ID + ">'}]"))
                .first()
                .satisfies(event -> {
                    assertThat(event.report().messageId()).contains(MESSAGE_ID);
                    assertThat(event.at()).contains(Instant.parse("2025-11-25T12:00:00Z"));
                });
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            ses      | 1 | 2026-11-25T12:00:00Z
            sendgrid | 4 | 2025-11-25T12:00:00Z
            postmark | 1 | 2026-11-25T17:00:00.5Z
            """)
    void theFixturesAreReadWhole(String provider, int count, Instant at) throws IOException {
        try (InputStream file =
                Objects.requireNonNull(ReportMappingTest.class.getResourceAsStream("/reports/" + provider + ".json"))) {
            MappedReports mapped = mapping(provider).apply(file.readAllBytes(), JSON);
            assertThat(((MappedReports.Of) mapped).reports())
                    .hasSize(count)
                    .first()
                    .satisfies(report -> {
                        assertThat(report.at()).contains(at);
                        assertThat(report.report().messageId()).contains(MESSAGE_ID);
                    });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "1", "\"text\"", "[1]", "[[]]", "{} {}", "null"})
    void whatIsNoReportIsSaidToBeNone(String body) throws IOException {
        assertThat(mapping("sendgrid").apply(body.getBytes(UTF_8), JSON)).isInstanceOf(MappedReports.Malformed.class);
    }

    @Test
    void strangeTypesOfValuesAreNoTexts() {
        assertThat(meanings(
                        "sendgrid",
                        "[{'event':'bounce','email':{'a':1},'reason':[1],'status':5.11,'timestamp':'soon'}]"))
                .containsExactly("bounce [ failed - policy policy address-refused]");
        assertThat(meanings("ses", "{'notificationType':'Bounce','bounce':7}")).containsExactly("bounce");
    }

    @Test
    void ofVeryManyRecipientsTheFirstAreRead() {
        String many = "{'emailAddress':'a@b.test'},".repeat(5000);
        String body = "{'notificationType':'Complaint','complaint':{'complainedRecipients':["
                + many.substring(0, many.length() - 1) + "]}}";
        assertThat(reports("ses", body).getFirst().report().recipients()).hasSize(100);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        rules: there must be at least one          | version: 1
        rule 1: must have either report or skip    | {version: 1, rules: [{when: {/value/a: b}}]}
        rule 1: must have either report or skip    | {version: 1, rules: [{report: bounce, skip: why}]}
        rule 1.report: is none of [bounce, arf     | {version: 1, rules: [{report: bounced}]}
        rule 1.each: must be a JSON Pointer        | {version: 1, rules: [{report: bounce, each: value}]}
        rule 1.recipient: mail is not one of       | {version: 1, rules: [{report: bounce, recipient: {mail: /value/a}}]}
        version: must be 1                         | {version: 2, rules: [{report: bounce}]}
        """)
    void aMistakeIsToldWithItsPlace(String problem, String yaml) {
        assertThatThrownBy(() -> ReportMapping.read("mine.yaml", yaml))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("mine.yaml: " + problem);
    }

    private static List<String> meanings(String provider, String body) {
        return meanings(reports(provider, body));
    }

    static List<String> meanings(List<MappedReport> reports) {
        return reports.stream()
                .map(report -> meaning(READER.read(report.report())))
                .toList();
    }

    private static List<MappedReport> reports(String provider, String body) {
        try {
            MappedReports mapped =
                    mapping(provider).apply(body.replace('\'', '"').getBytes(UTF_8), JSON);
            return ((MappedReports.Of) mapped).reports();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static ReportMapping mapping(String provider) throws IOException {
        try (InputStream file =
                ReportMappingTest.class.getResourceAsStream("/mappings/reports/" + provider + ".yaml")) {
            return ReportMapping.read(
                    provider, new String(Objects.requireNonNull(file).readAllBytes(), UTF_8));
        }
    }
}
