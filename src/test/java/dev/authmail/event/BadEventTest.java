package dev.authmail.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What strangers send: refused with the field and the rule, and without their words. */
class BadEventTest {
    private final EventReader reader = new EventReader(Locale.ENGLISH, EventReader.DEFAULT_MAX_OCTETS);

    @ParameterizedTest(name = "{0}")
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            {                                        | value: is not one valid JSON object
            nope                                     | value: is not one valid JSON object
            {"userId":"u","email":"a@b.test"} x      | value: is not one valid JSON object
            {"userId":"u","email":"a@b.test"}{}      | value: is not one valid JSON object
            {"userId":"u","userId":"v"}              | value: is not one valid JSON object
            {"userId":NaN}                           | value: is not one valid JSON object
            {'userId':"u"}                           | value: is not one valid JSON object
            ``                                       | value: is empty
            []                                       | value: is JSON but no object
            null                                     | value: is JSON but no object
            "{\\"userId\\":\\"u\\"}"                 | value: is JSON but no object
            {}                                       | userId: is missing; email: is missing
            {"email":"a@b.test"}                     | userId: is missing
            {"userId":null,"email":"a@b.test"}       | userId: must be a string
            {"userId":7,"email":"a@b.test"}          | userId: must be a string
            {"userId":"","email":"a@b.test"}         | userId: must not be empty
            {"userId":"a\\nb","email":"a@b.test"}    | userId: must hold no control character
            {"userId":"a\\u0000","email":"a@b.test"} | userId: must hold no control character
            {"userId":"\\ud800","email":"a@b.test"}  | userId: must hold no control character
            {"userId":"u"}                           | email: is missing
            {"userId":"u","email":["a@b.test"]}      | email: must be a string
            {"specversion":"1.0"}                    | data: is missing
            {"specversion":"0.3","data":{}}          | specversion: must be 1.0
            {"specversion":"1.0","data":"text"}      | data: must be an object
            {"specversion":"1.0","data":{"email":"a@b.test"}} | data.userId: is missing
            """)
    void detailNamesFieldAndRule(String value, String detail) {
        assertThat(refused(Records.of(value)).detail()).startsWith(detail);
        assertThat(refused(Records.of(value)).reason()).isEqualTo(EventReading.Reason.INVALID_EVENT);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            "purpose":"Verify"          | purpose: must be 1 to 32 of a-z, 0-9 and hyphen
            "purpose":"verify-email\\n" | purpose: must be 1 to 32 of a-z, 0-9 and hyphen
            "purpose":""                | purpose: must be 1 to 32 of a-z, 0-9 and hyphen
            "purpose":5                 | purpose: must be a string
            "name":{"first":"x"}        | name: must be a string
            "locale":7                  | locale: must be a string
            "addressConfirmed":"yes"    | addressConfirmed: must be a boolean
            "id":"a\\nb"                | id: must hold no control character
            "id":""                     | id: must not be empty
            """)
    void wrongFieldIsNamed(String field, String detail) {
        assertThat(refused(Records.with(field)).detail()).startsWith(detail);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//evil.test",
                "/\\\\evil.test",
                "https://evil.test/",
                "evil.test",
                "welcome",
                "",
                "\\\\evil",
                "/a\\\\b",
                "/a b",
                "/a\\tb",
                "/a\\nb",
                "/a\\n",
                "/\\u0000",
                "/\\u007f",
                "/\\u0085",
                "/\\u3000",
                "/\\u2028",
                "/\\ud800",
                "javascript:alert(1)"
            })
    void continueToNeverLeavesTheApplication(String path) {
        assertThat(refused(Records.with("\"continueTo\":\"" + path + "\"")).detail())
                .startsWith("continueTo: must be a path on the application");
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            secret\\r\\nRCPT TO:<x@y.test>@b.test | email: has a control, invisible or unassigned character before the @
            secret@b.test>\\r\\nRCPT TO:<x@y.test  | email: has more than one @
            secret\\r\\nDATA@b.test               | email: has a control, invisible or unassigned character before the @
            secret@b.test\\r\\n                   | email: has a character in its domain that no domain name can hold
            \\"secret name\\"@b.test              | email: has a quoted local part
            secret@[127.0.0.1]                    | email: has an IP address in the place of the domain
            secret@localhost                      | email: has a domain without a dot
            secret                                | email: has no @
            ``                                    | email: is empty
            Secret <secret@b.test>                | email: has a character before the @ that cannot stand there
            """)
    void badAddressIsItsOwnReason(String email, String detail) {
        var refused = refused(Records.of("{\"userId\":\"u\",\"email\":\"" + email + "\"}"));

        assertThat(refused.reason()).isEqualTo(EventReading.Reason.INVALID_ADDRESS);
        assertThat(refused.detail()).startsWith(detail).doesNotContainIgnoringCase("secret");
    }

    @Test
    void domainOf300CharactersIsTooLong() {
        var email = "secret@" + "a23456789.".repeat(30) + "test";

        assertThat(refused(Records.of("{\"userId\":\"u\",\"email\":\"" + email + "\"}"))
                        .detail())
                .isEqualTo("email: has a domain longer than 253 octets");
    }

    @Test
    void twentyMegabytesAreNotLookedAt() {
        assertThat(refused(Records.of(new byte[20_000_000])).detail())
                .isEqualTo("value: has 20000000 octets, more than the 262144 allowed");
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource({
        "00, begins with a zero octet, Avro or a schema registry",
        "7B22FF227D, is not UTF-8, an octet no UTF-8 has",
        "7B22C0AF22, is not UTF-8, an overlong slash",
        "FEFF007B007D, is not UTF-8, UTF-16"
    })
    void octetsThatAreNoTextAreRefused(String hex, String rule, String reason) {
        var octets = java.util.HexFormat.of().parseHex(hex);

        assertThat(refused(Records.of(octets)).detail()).startsWith("value: " + rule);
    }

    @Test
    void tombstoneIsNoEvent() {
        var tombstone = new SourceRecord("t", 0, 1, Records.WRITTEN, null, null, java.util.List.of());

        assertThat(refused(tombstone))
                .isEqualTo(new EventReading.Refused(
                        new EventId("t-0@1"),
                        EventReading.Reason.INVALID_EVENT,
                        null,
                        "value: is missing (a tombstone)"));
    }

    @Test
    void absurdNestingAndNumbersEndEarly() {
        assertThat(refused(Records.of("[".repeat(100_000))).detail()).contains("nested more than 64 levels");
        assertThat(refused(Records.with("\"n\":" + "9".repeat(10_000))).detail())
                .contains("of absurd length");
        assertThat(reader.read(Records.with("\"n\":1e999999999"))).isInstanceOf(EventReading.Read.class);
    }

    @Test
    void longFieldsAreLimited() {
        assertThat(refused(Records.of("{\"userId\":\"" + "u".repeat(257) + "\",\"email\":\"a@b.test\"}"))
                        .detail())
                .isEqualTo("userId: must have at most 256 characters");
        assertThat(refused(Records.with("\"continueTo\":\"/" + "a".repeat(512) + "\""))
                        .detail())
                .isEqualTo("continueTo: must have at most 512 characters");
        assertThat(reader.read(Records.with("\"avatar\":\"" + "a".repeat(200_000) + "\"")))
                .isInstanceOf(EventReading.Read.class);
    }

    @Test
    void refusedEventKeepsItsOwnId() {
        var value = "{\"specversion\":\"1.0\",\"id\":\"e1\",\"source\":\"/s\",\"data\":{}}";

        assertThat(refused(Records.of(value)).id()).isEqualTo(new EventId("/s|e1"));
    }

    @Test
    void structuredContentTypeWantsACloudEvent() {
        var record = Records.of(
                "{\"data\":{\"userId\":\"u\",\"email\":\"a@b.test\"}}", "content-type", "application/cloudevents+json");

        assertThat(refused(record).detail()).startsWith("specversion: is missing");
    }

    @Test
    void headersCannotChangeTheEvent() {
        var record = Records.of(
                "{\"userId\":\"u\",\"email\":\"a@b.test\"}",
                "mail.smtp.host",
                "evil.test",
                "CamelKafkaOverrideTopic",
                "x",
                "authmail-attempts",
                "99",
                "userId",
                "v");

        assertThat(reader.read(record)).isEqualTo(reader.read(Records.of("{\"userId\":\"u\",\"email\":\"a@b.test\"}")));
    }

    @Test
    void anyOctetsAreJudgedAndNoneThrow() {
        var event = "{\"specversion\":\"1.0\",\"id\":\"e\",\"source\":\"/s\",\"time\":\"2026-11-24T05:00:00Z\","
                + "\"data\":{\"userId\":\"u\",\"email\":\"a@b.test\",\"name\":\"n\",\"locale\":\"ja\"}}";
        var random = new java.util.Random(1);
        for (int i = 0; i < 20_000; i++) {
            var octets = event.getBytes(java.nio.charset.StandardCharsets.UTF_8);
            for (int n = random.nextInt(4); n >= 0; n--) {
                octets[random.nextInt(octets.length)] = (byte) random.nextInt(256);
            }
            assertThat(reader.read(Records.of(octets))).isNotNull();
        }
    }

    private EventReading.Refused refused(SourceRecord record) {
        return (EventReading.Refused) reader.read(record);
    }
}
