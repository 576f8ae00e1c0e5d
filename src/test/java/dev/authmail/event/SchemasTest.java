package dev.authmail.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The published schemas hold for what the design shows, without our code around them. */
class SchemasTest {
    private static final String OUTCOME = """
            {"specversion": "1.0", "id": "o1", "source": "/authmail", "type": "authmail.bounced", "subject": "u-1",
             "time": "2026-11-24T06:00:00Z", "datacontenttype": "application/json",
             "data": {"eventId": "/s|e1", "attempt": 2, "final": true, "reason": "bounced", "fault": "recipient",
              "detail": "no such mailbox", "attempts": 2, "firstAttempt": "2026-11-24T05:58:00Z",
              "lastAttempt": "2026-11-24T05:59:00Z", "route": "direct", "nextHop": "mx.example.test [192.0.2.1]",
              "smtpCommand": "RCPT", "smtpReply": 550, "smtpStatus": "5.1.1", "smtpText": "…@example.test: no such user",
              "source": "registrations-0@7", "tlsVersion": "TLSv1.3", "tlsCipher": "TLS_AES_128_GCM_SHA256",
              "tlsVerified": true, "elapsedMillis": 1800, "userState": "address-unknown"}}""";

    @Test
    void outcomeOfTheDesignIsValid() {
        assertThat(schema("outcome").validate(OUTCOME, InputFormat.JSON)).isEmpty();
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(quoteCharacter = '`', textBlock = """
            "type": "authmail.bounced"|"type": "authmail.lost", an unknown type
            "fault": "recipient"|"fault": "nobody", an unknown fault
            "final": true|"final": "yes", a flag that is a word
            "eventId": "/s|"eventID": "/s, no event id
            "smtpStatus": "5.1.1"|"smtpStatus": "550", no enhanced code
            "smtpReply": 550|"smtpReply": "550", a reply code that is a word
            "smtpReply": 550|"smtpReply": 600, no reply code
            "tlsVerified": true|"tlsVerified": "true", a flag that is a word
            "userState": "address-unknown"|"userState": "gone", a word the application does not know
            """)
    void outcomeWithAWrongFieldIsNot(String change, String reason) {
        var wrong = OUTCOME.replace(
                change.substring(0, change.lastIndexOf('|')), change.substring(change.lastIndexOf('|') + 1));

        assertThat(wrong).isNotEqualTo(OUTCOME);
        assertThat(schema("outcome").validate(wrong, InputFormat.JSON)).isNotEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            {"userId":"u","email":"a@b.test"}                             | true
            {"specversion":"1.0","data":{"userId":"u","email":"a@b.test"}} | true
            {"specversion":"1.0","userId":"u","email":"a@b.test"}         | false
            {"userId":"u"}                                                | false
            []                                                            | false
            """)
    void eventSchemaTellsTheTwoShapesApart(String event, boolean valid) {
        assertThat(schema("registration-event")
                        .validate(event, InputFormat.JSON)
                        .isEmpty())
                .isEqualTo(valid);
    }

    private static Schema schema(String name) {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(SchemasTest.class.getResourceAsStream("/schemas/" + name + ".schema.json"));
    }
}
