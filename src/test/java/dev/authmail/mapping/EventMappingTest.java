package dev.authmail.mapping;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.authmail.event.EventReader;
import dev.authmail.event.EventReading;
import dev.authmail.event.SourceRecord;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EventMappingTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String AUTH0 =
            "{'id':'evt_1','source':'urn:auth0:t','type':'com.auth0.user.created','data':{'object':{'user_id':'auth0|1',%s}}}";
    private static final String SUPABASE = "{'metadata':{'uuid':'m-1'},'user':{'id':'u-1','email':'a@b.test',"
            + "'new_email':'new@b.test','user_metadata':{'full_name':'A B','locale':'ja'}},'%s':{'token':'305805',"
            + "'token_hash':'7d5b','redirect_to':'https://app.test/in?x=1','email_action_type':'%s'}}";
    private static final String ZITADEL = "{'contextInfo':{'eventType':'%s','recipientEmailAddress':'a@b.test'},"
            + "'templateData':{'url':'https://z.test/init?code=0M53RF&loginname=User Name&userID=285181014567813483'},"
            + "'args':{'displayName':'A B','code':'0M53RF'}}";

    static Stream<Arguments> signUps() {
        return Stream.of(
                event(
                        "keycloak",
                        "no id of its own",
                        "{'type':'REGISTER','userId':'u-1','details':{'email':'a@b.test'}}",
                        "keycloak|foreign-0@7",
                        "u-1",
                        "a@b.test",
                        "",
                        ""),
                event(
                        "keycloak",
                        "a JSON text of the JSON",
                        "'{\\'id\\':\\'k-1\\',\\'type\\':\\'REGISTER\\',\\'userId\\':\\'u-1\\',\\'details\\':{\\'email\\':\\'a@b.test\\'}}'",
                        "keycloak|k-1",
                        "u-1",
                        "a@b.test",
                        "",
                        ""),
                event(
                        "keycloak",
                        "the user name is the address; error is null",
                        "{'id':'k-1','type':'REGISTER','userId':'u-1','error':null,'details':{'username':'a@b.test','first_name':'A','last_name':'B'}}",
                        "keycloak|k-1",
                        "u-1",
                        "a@b.test",
                        "A B",
                        ""),
                event(
                        "auth0",
                        "a password",
                        AUTH0.formatted("'email':'a@b.test','email_verified':false,'name':'A B'"),
                        "urn:auth0:t|evt_1",
                        "auth0|1",
                        "a@b.test",
                        "A B",
                        ""),
                event(
                        "supabase",
                        "as the code says",
                        SUPABASE.formatted("email_data", "signup"),
                        "supabase|m-1",
                        "u-1",
                        "a@b.test",
                        "A B",
                        "/in?x=1"),
                event(
                        "supabase",
                        "as the guide says",
                        SUPABASE.formatted("email", "signup"),
                        "supabase|m-1",
                        "u-1",
                        "a@b.test",
                        "A B",
                        "/in?x=1"),
                event(
                        "supabase",
                        "a change goes to the new address",
                        SUPABASE.formatted("email_data", "email_change"),
                        "supabase|m-1",
                        "u-1",
                        "new@b.test",
                        "A B",
                        "/in?x=1"),
                event(
                        "zitadel",
                        "the user stands in the link alone, as digits that no double holds",
                        ZITADEL.formatted("user.human.initialization.code.added"),
                        "zitadel|foreign-0@7",
                        "285181014567813483",
                        "a@b.test",
                        "A B",
                        ""),
                event(
                        "kratos",
                        "the id comes from the request",
                        "{'recipient':'a@b.test','template_type':'verification_code_valid','template_data':{'identity':{'id':'u-1','traits':{'name':{'first':'A','last':'B'}}}}}",
                        "kratos|foreign-0@7",
                        "u-1",
                        "a@b.test",
                        "A B",
                        ""),
                event("debezium", "routed", "{'id':1,'email':'a@b.test'}", "debezium|h-1", "k-1", "a@b.test", "", ""),
                event(
                        "debezium",
                        "routed, a JSON text in JSON",
                        "'{\\'id\\':1,\\'email\\':\\'a@b.test\\'}'",
                        "debezium|h-1",
                        "k-1",
                        "a@b.test",
                        "",
                        ""),
                event(
                        "debezium",
                        "routed, with its schema",
                        "{'schema':{},'payload':'{\\'email\\':\\'a@b.test\\'}'}",
                        "debezium|h-1",
                        "k-1",
                        "a@b.test",
                        "",
                        ""),
                event(
                        "debezium",
                        "captured and not routed",
                        "{'before':null,'after':{'id':'o-1','aggregatetype':'User','aggregateid':'u-1','type':'Registered','payload':'{\\'email\\':\\'a@b.test\\'}'},'op':'c','ts_ms':1556890294344}",
                        "debezium|o-1",
                        "u-1",
                        "a@b.test",
                        "",
                        ""),
                event(
                        "debezium",
                        "captured, with its schema",
                        "{'schema':{},'payload':{'after':{'id':'o-1','aggregateid':'u-1','payload':'{\\'email\\':\\'a@b.test\\'}'},'op':'r'}}",
                        "debezium|o-1",
                        "u-1",
                        "a@b.test",
                        "",
                        ""));
    }

    private static Arguments event(
            String system, String why, String value, String id, String user, String email, String name, String next) {
        return arguments(system, why, value.replace('\'', '"'), id, user, email, name, next);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("signUps")
    void aSignUpIsARegistration(
            String system, String why, String value, String id, String user, String email, String name, String next) {
        SourceRecord record = ForeignRecords.of("\"k-1\"", value, Map.of("id", "h-1"));

        Mapped mapped = ForeignRecords.apply(system, record);

        assertThat(mapped).isInstanceOf(Mapped.Event.class);
        var event = (Mapped.Event) mapped;
        assertThat(event.userId()).isEqualTo(user);
        JsonNode data = JSON.readTree(event.json()).path("data");
        assertThat(data.path("email").asString()).isEqualTo(email);
        assertThat(data.path("name").asString("")).isEqualTo(name);
        assertThat(data.path("continueTo").asString("")).isEqualTo(next);
        assertThat(new String(event.json(), UTF_8))
                .as("no secret of theirs")
                .doesNotContain("305805", "7d5b", "0M53RF");
        assertThat(new EventReader(Locale.ENGLISH, 10_000).read(registration(event.json())))
                .isInstanceOfSatisfying(
                        EventReading.Read.class,
                        read -> assertThat(read.event().id().value()).isEqualTo(id));
    }

    private static SourceRecord registration(byte[] json) {
        return new SourceRecord("registrations", 0, 0, Instant.EPOCH, null, json, List.of());
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            keycloak; {'type':'SEND_VERIFY_EMAIL','id':'k','userId':'u','details':{'email':'a@b.test'}}; Ignored
            keycloak; {'type':'LOGIN','userId':'u'}; Skipped
            keycloak; {'type':'REGISTER','userId':'u','error':'email_in_use','details':{'email':'a@b.test'}}; Skipped
            keycloak; {'operationType':'CREATE','resourceType':'USER'}; Skipped
            keycloak; {'type':'REGISTER','userId':'u','details':{}}; Refused
            keycloak; {'some':'thing'}; Refused
            keycloak; [1]; Refused
            keycloak; no JSON; Refused
            auth0; {'type':'user.created','id':'e','data':{'object':{'user_id':'google|1','email':'a@b.test','email_verified':true}}}; Ignored
            auth0; {'type':'com.auth0.user.deleted','id':'e'}; Skipped
            auth0; {'type':'user.created','id':'e','data':{'object':{'user_id':'sms|1'}}}; Skipped
            supabase; {'user':{'id':'u','email':'a@b.test'},'email_data':{'email_action_type':'reauthentication'}}; Refused
            supabase; {'user':{'id':'u'},'email_data':{'email_action_type':'signup'}}; Refused
            kratos; {'recipient':'a@b.test','template_type':'recovery_code_invalid'}; Skipped
            kratos; {'recipient':'a@b.test','template_type':'login_code_valid'}; Refused
            zitadel; {'contextInfo':{'eventType':'user.human.password.changed','recipientEmailAddress':'a@b.test'}}; Refused
            debezium; {'before':{},'after':null,'op':'d'}; Skipped
            """)
    void whatIsNoSignUpIsNone(String system, String value, String becomes) {
        Mapped mapped = ForeignRecords.apply(system, ForeignRecords.of(null, value.replace('\'', '"'), Map.of()));

        assertThat(mapped.getClass().getSimpleName()).isEqualTo(becomes);
        if (mapped instanceof Mapped.Refused refused) {
            assertThat(refused.detail()).doesNotContain("a@b", "some");
        }
    }

    @Test
    void aTombstoneOfAnOutboxIsNone() {
        assertThat(ForeignRecords.apply("debezium", ForeignRecords.of("k", null, Map.of())))
                .isInstanceOf(Mapped.Skipped.class);
    }

    @ParameterizedTest(name = "{0} → {1}")
    @CsvSource({
        "https://app.test/welcome?x=1#f, /welcome?x=1",
        "/welcome, /welcome",
        "https://app.test, ''",
        "https://app.test//evil.test, ''",
        "https://app.test/\\evil, ''",
        "no url at all <>, ''"
    })
    void onlyAPathIsTakenFromAUrl(String url, String path) {
        assertThat(Transform.PATH.of(url, "").orElse("")).isEqualTo(path);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            version 2                 | version: 2                                      | version: must be 1
            an unknown word           | {version: 1, rule: []}                          | rule is not one of [let, nested, rules, version]
            no rule                   | {version: 1, rules: []}                         | rules: there must be at least one
            an unknown field          | {version: 1, rules: [{event: {mail: /value/a}}]} | rule 1.event: mail is not one of
            no address                | {version: 1, rules: [{event: {userId: /value/a}}]} | userId and email are required
            nothing to do             | {version: 1, rules: [{when: {/value: a}}]}      | must have either event
            skip and ignore           | {version: 1, rules: [{skip: a, ignore: b}]}     | choose one
            no pointer                | {version: 1, rules: [{when: {value: a}, skip: b}]} | must be a JSON Pointer
            an unknown transform      | {version: 1, rules: [{event: {userId: /value/a, email: {from: /value/b, as: exec}}}]} | rule 1.event.email.as
            a name without use        | {version: 1, rules: [{event: {userId: /value/a, email: {from: /value/b, name: c}}}]} | goes with query-parameter
            a field twice             | {version: 1, version: 1}                        | is not YAML
            """)
    void aBrokenMappingIsRefusedWithItsPlace(String why, String yaml, String problem) {
        assertThatThrownBy(() -> EventMapping.read("mine", "mine.yaml", yaml))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("mine.yaml: ")
                .hasMessageContaining(problem);
    }

    @Test
    void theFirstRuleThatFitsDecides() {
        Mapped mapped = ForeignRecords.applyYaml("""
                version: 1
                rules:
                  - when: {/value/a: [1, true]}
                    skip: first
                  - skip: second
                """, ForeignRecords.of(null, "{\"a\": true}", Map.of()));

        assertThat(mapped).isEqualTo(new Mapped.Skipped("first"));
    }
}
