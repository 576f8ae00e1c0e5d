package dev.authmail.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventReaderTest {
    private static final String DATA = """
            {"userId": "u-8123", "email": "hanako@例え.jp", "name": "山田 花子", "locale": "ja-JP",
             "purpose": "reset-password", "continueTo": "/welcome", "addressConfirmed": true, "plan": "gold"}""";
    private static final String CLOUD_EVENT = """
            {"specversion": "1.0", "id": "e1", "source": "/shop|eu", "type": "com.example.user.registered",
             "time": "2026-11-24T14:59:00+09:00", "subject": null, "data": %s}""".formatted(DATA);

    private final EventReader reader = new EventReader(Locale.ENGLISH, EventReader.DEFAULT_MAX_OCTETS);

    @Test
    void bareObjectIsReadWhole() {
        var event = read(Records.of(DATA));

        assertThat(event.id()).isEqualTo(new EventId("registrations-3@42"));
        assertThat(event.kind()).isEqualTo(RegistrationEvent.Kind.REGISTERED);
        assertThat(event.userId()).isEqualTo("u-8123");
        assertThat(event.email().wire()).isEqualTo("hanako@xn--r8jz45g.jp");
        assertThat(event.publishedEmail()).isEqualTo("hanako@例え.jp");
        assertThat(event.name()).isEqualTo("山田 花子");
        assertThat(event.locale()).isEqualTo(Locale.JAPAN);
        assertThat(event.purpose()).isEqualTo("reset-password");
        assertThat(event.continueTo()).isEqualTo("/welcome");
        assertThat(event.addressConfirmed()).isTrue();
        assertThat(event.time()).isEqualTo(Records.WRITTEN);
    }

    @ParameterizedTest(name = "content-type {0}")
    @ValueSource(
            strings = {"application/cloudevents+json", "application/cloudevents+json; charset=UTF-8", "application/json"
            })
    void structuredCloudEventIsKnownByHeaderOrByItsLooks(String contentType) {
        var event = read(Records.of(CLOUD_EVENT, "content-type", contentType));

        assertThat(event.id()).isEqualTo(new EventId("/shop%7Ceu|e1"));
        assertThat(event.time()).isEqualTo(Instant.parse("2026-11-24T05:59:00Z"));
        assertThat(event.userId()).isEqualTo("u-8123");
    }

    @Test
    void binaryCloudEventEqualsTheStructuredOne() {
        var binary = Records.of(
                DATA,
                "ce_specversion",
                "1.0",
                "ce_id",
                "e1",
                "ce_source",
                "/shop|eu",
                "ce_type",
                "com.example.user.registered",
                "ce_time",
                "2026-11-24T05:59:00Z",
                "Content-Type",
                "application/json");

        assertThat(reader.read(binary)).isEqualTo(reader.read(Records.of(CLOUD_EVENT)));
    }

    @Test
    void auth0SpellingOfTheVersionIsUnderstood() {
        assertThat(read(Records.of(CLOUD_EVENT.replace("specversion", "spec_version")))
                        .id())
                .isEqualTo(new EventId("/shop%7Ceu|e1"));
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "com.example.user.cancelled, CANCELLED",
        "usercancelled, CANCELLED",
        "cancelled.user, REGISTERED",
        "anything, REGISTERED"
    })
    void typeSaysWhetherTheUserWithdrew(String type, RegistrationEvent.Kind kind) {
        assertThat(read(Records.of(CLOUD_EVENT.replace("com.example.user.registered", type)))
                        .kind())
                .isEqualTo(kind);
    }

    @Test
    void bareObjectMayNameItself() {
        assertThat(read(Records.with("\"id\":\"signup-7\"")).id()).isEqualTo(new EventId("signup-7"));
    }

    @Test
    void cloudEventWithoutSourceIsNamedByItsPosition() {
        assertThat(read(Records.of(CLOUD_EVENT.replace("\"source\"", "\"sauce\"")))
                        .id())
                .isEqualTo(new EventId("registrations-3@42"));
    }

    @Test
    void retryRecordKeepsIdentityAndTime() {
        var first = Instant.parse("2026-11-24T05:00:00Z");
        var known = new EventId("registrations-0@7");

        var reading = (EventReading.Read) reader.read(Records.of(DATA), known, first);

        assertThat(reading.event().id()).isEqualTo(known);
        assertThat(reading.event().time()).isEqualTo(first);
        assertThat(((EventReading.Refused) reader.read(Records.of("{"), known)).id())
                .isEqualTo(known);
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource({
        "2026-11-24T05:00:00Z, true, an hour before the record",
        "2026-11-23T06:00:00Z, true, exactly a day before",
        "2026-11-23T05:59:59Z, false, more than a day before",
        "2026-11-24T06:00:01Z, false, after the record",
        "yesterday, false, no time at all",
        "2026-11-24T05:00:00, false, a time without an offset"
    })
    void claimedTimeCountsWhenTheRecordMakesItCredible(String claimed, boolean counts, String reason) {
        var event = read(Records.of(CLOUD_EVENT.replace("2026-11-24T14:59:00+09:00", claimed)));

        assertThat(event.time()).isEqualTo(counts ? Instant.parse(claimed) : Records.WRITTEN);
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(quoteCharacter = '\'', delimiter = '|', textBlock = """
            ja-JP          | ja-JP      | a tag
            ja_JP          | ja-JP      | as Java writes it
            zh-Hant-TW     | zh-Hant-TW | with a script
            tlh            | tlh        | an unknown language falls back later, among the templates
            'not a tag'    | en         | no tag
            ja_JP.UTF-8    | en         | as POSIX writes it
            und            | en         | undetermined
            ''             | en         | empty
            ../../etc      | en         | a path
            """)
    void localeThatIsNoneGivesTheDefault(String tag, String locale, String reason) {
        assertThat(read(Records.with("\"locale\":\"" + tag + "\"")).locale().toLanguageTag())
                .isEqualTo(locale);
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(quoteCharacter = '`', delimiter = '|', nullValues = "none", textBlock = """
            Hanako\\r\\nBcc: x | Hanako  Bcc: x | line breaks become blanks
            a\\u0000b\\u202ec  | abc            | control and direction characters go
            \\ud800x           | x              | half a surrogate pair goes
            \\t                | none           | nothing is left
            山田　花子          | 山田　花子      | the ideographic space stays
            """)
    void nameIsMendedRatherThanRefused(String json, String name, String reason) {
        assertThat(read(Records.with("\"name\":\"" + json + "\"")).name()).isEqualTo(name);
    }

    @Test
    void longNameIsCutBetweenCharacters() {
        assertThat(read(Records.with("\"name\":\"" + "𠮷".repeat(101) + "\"")).name())
                .isEqualTo("𠮷".repeat(100));
    }

    @Test
    void nullMeansAbsent() {
        var event = read(
                Records.with(
                        "\"name\":null,\"locale\":null,\"purpose\":null,\"continueTo\":null,\"addressConfirmed\":null,\"id\":null"));

        assertThat(event.name()).isNull();
        assertThat(event.continueTo()).isNull();
        assertThat(event.locale()).isEqualTo(Locale.ENGLISH);
        assertThat(event.purpose()).isEqualTo("verify-email");
        assertThat(event.addressConfirmed()).isFalse();
    }

    @Test
    void byteOrderMarkIsPassedOver() {
        assertThat(reader.read(Records.of("\uFEFF" + DATA))).isInstanceOf(EventReading.Read.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/welcome", "/a?b=c&d=e#f", "/%2F%2Fevil.test", "/%5Cevil", "/ようこそ", "/a//b"})
    void pathOnTheApplicationIsKeptAsWritten(String path) {
        assertThat(read(Records.with("\"continueTo\":\"" + path + "\"")).continueTo())
                .isEqualTo(path);
    }

    @Test
    void textFormsNameNoPerson() {
        var event = read(Records.of(DATA));

        assertThat(event.toString() + new EventReading.Read(event) + Records.of(DATA))
                .contains("…@xn--r8jz45g.jp")
                .doesNotContain("hanako")
                .doesNotContain("花子")
                .doesNotContain("u-8123");
    }

    private RegistrationEvent read(SourceRecord record) {
        return ((EventReading.Read) reader.read(record)).event();
    }
}
