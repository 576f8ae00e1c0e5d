package dev.authmail.routes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.testkit.Letter;
import dev.authmail.testkit.Logs;
import dev.authmail.testkit.Outcome;
import dev.authmail.testkit.TestAuthmail;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Events of other systems, by Kafka and by HTTP, become mails, outcomes or dead letters, and are never lost. */
class AdapterRouteTest {
    private static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(UTF_8);
    private static final String TOKEN = "a secret of enough octets";
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static TestAuthmail authmail;

    @BeforeAll
    static void start() throws IOException {
        authmail = new TestAuthmail();
        secret("supabase", "v1,whsec_" + Base64.getEncoder().encodeToString(KEY));
        secret("zitadel", new String(KEY, UTF_8));
        secret("auth0", TOKEN);
        secret("kratos", TOKEN);
        authmail.set("authmail.routes.optional", "keycloak,debezium,auth0,supabase,kratos,zitadel")
                .set("authmail.adapters.keycloak-topic", authmail.registrations() + ".keycloak")
                .set("authmail.adapters.debezium-topic", authmail.registrations() + ".debezium")
                .set("authmail.http.port", 0)
                .set("authmail.http.max-body", "64KB")
                .start();
    }

    private static void secret(String hook, String text) throws IOException {
        authmail.set(
                "authmail.http.hooks." + hook + ".secret-file",
                Files.writeString(authmail.folder.resolve(hook + ".secret"), text + "\n"));
    }

    @AfterAll
    static void stop() {
        authmail.close();
    }

    @Test
    void aSignUpInKeycloakIsMailed() {
        keycloak("{'id':'k-1','type':'REGISTER','userId':'u-k','details':{'email':'keycloak@good.test'}}");

        Outcome outcome = authmail.outcome("keycloak|k-1", "accepted");
        assertThat(outcome.key()).isEqualTo("u-k");
        assertThat(authmail.relay.mailsTo("keycloak@good.test")).hasSize(1);
    }

    @Test
    void whatKeycloakHasMailedIsIgnoredWithAnOutcome() {
        keycloak("{'id':'k-2','type':'SEND_VERIFY_EMAIL','userId':'u-k2','details':{'email':'twice@good.test'}}");
        keycloak("{'id':'k-3','type':'LOGIN','userId':'u-k3','details':{'email':'twice@good.test'}}");
        keycloak("{'id':'k-4','type':'REGISTER','userId':'u-k4','details':{'email':'behind@good.test'}}");

        Outcome ignored = authmail.outcome("keycloak|k-2", "ignored");
        assertThat(ignored.schemaProblems()).isEmpty();
        assertThat(ignored.key()).isEqualTo("u-k2");
        assertThat(ignored.data("final")).isEqualTo("true");
        assertThat(ignored.data("userState")).isEmpty();
        authmail.outcome("keycloak|k-4", "accepted");
        assertThat(authmail.outcomesOf("keycloak|k-3"))
                .as("a login is none of ours")
                .isEmpty();
        assertThat(authmail.relay.mailsTo("twice@good.test")).isEmpty();
        authmail.awaitAllCommitted(authmail.registrations() + ".keycloak");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            no JSON;            {'type':                               ; keycloak: value: is not one valid JSON
            unknown;            {'secret':'hush'}                      ; keycloak: value: no rule of the mapping
            no address;         {'type':'REGISTER','userId':'u'}       ; keycloak: email: nothing usable at
            """)
    void whatCannotBeReadIsADeadLetterByteForByte(String why, String value, String detail) {
        byte[] octets = json(value);
        String position = keycloak(value);

        Letter letter = authmail.deadLetter(position);
        assertThat(letter.reason()).isEqualTo("invalid-event");
        assertThat(letter.detail()).startsWith(detail).doesNotContain("hush");
        assertThat(letter.value()).isEqualTo(octets);
        assertThat(authmail.outcome(position, "failed").data("reason")).isEqualTo("invalid-event");
    }

    @Test
    void aRowOfTheOutboxIsMailed() {
        authmail.kafka()
                .send(
                        authmail.registrations() + ".debezium",
                        "\"u-d\"",
                        json("'{\\'id\\':1,\\'email\\':\\'debezium@good.test\\',\\'purpose\\':\\'verify-email\\'}'"),
                        Map.of("id", "row-1"));

        assertThat(authmail.outcome("debezium|row-1", "accepted").key()).isEqualTo("u-d");
    }

    @Test
    void supabaseIsMailedOnceHoweverOftenItAsks() throws Exception {
        byte[] body = supabase("s-1", "supabase@good.test", "signup");

        HttpResponse<String> first = post("supabase", body, signed(body));
        HttpResponse<String> second = post("supabase", body, signed(body));

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.body()).isEqualTo("{}");
        assertThat(first.headers().map().keySet())
                .as("no header of the request or of Kafka comes back")
                .noneMatch(name -> name.matches("(?i)(webhook|authorization|authmail|kafka|camel|breadcrumb|x-).*"));
        assertThat(second.statusCode()).isEqualTo(200);
        authmail.outcome("supabase|s-1", "accepted");
        byte[] next = supabase("s-2", "behind-supabase@good.test", "signup");
        post("supabase", next, signed(next));
        authmail.outcome("supabase|s-2", "accepted");
        assertThat(authmail.relay.mailsTo("supabase@good.test")).hasSize(1);
        assertThat(authmail.kafka().seen(authmail.registrations()))
                .as("no header of a request is on Kafka")
                .allSatisfy(record -> assertThat(record.headers().toArray())
                        .allMatch(header -> header.key().equals("content-type")));
    }

    @Test
    void whatTheMappingDoesNotKnowIsADeadLetterAndNotAskedForAgain() throws Exception {
        byte[] body = supabase("s-3", "code@good.test", "reauthentication");

        assertThat(post("supabase", body, signed(body)).statusCode()).isEqualTo(200);
        var letter = new Letter(
                authmail.kafka().await(authmail.deadLetter(), record -> Arrays.equals(record.value(), body)));
        assertThat(letter.reason()).isEqualTo("invalid-event");
        assertThat(letter.says("source")).startsWith("hook.supabase-0@");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "nothing at all, none",
        "a signature of another body, other",
        "an old signature, old",
        "the secret in the place of a signature, plain"
    })
    void whoDoesNotKnowTheSecretIsRefusedAndLeavesNothing(String why, String kind) throws Exception {
        byte[] body = supabase("forged-" + kind, "forged@good.test", "signup");
        String[] fields = switch (kind) {
            case "other" -> signed(supabase("another", "forged@good.test", "signup"));
            case "old" -> signed(body, Instant.now().minusSeconds(3600));
            case "plain" -> new String[] {"Authorization", "Bearer " + new String(KEY, UTF_8)};
            default -> new String[] {"X-Nothing", "x"};
        };
        int before = authmail.kafka().seen(authmail.registrations()).size();

        assertThat(post("supabase", body, fields).statusCode()).isEqualTo(401);
        assertThat(authmail.relay.mailsTo("forged@good.test")).isEmpty();
        assertThat(authmail.kafka().seen(authmail.registrations())).hasSize(before);
    }

    @Test
    void zitadelKratosAndAuth0AreMailed() throws Exception {
        byte[] zitadel = json("{'contextInfo':{'eventType':'user.human.email.code.added','recipientEmailAddress':"
                + "'zitadel@good.test'},'templateData':{'url':'https://z.test/?code=X1&userID=285'},'args':{}}");
        String time = String.valueOf(Instant.now().getEpochSecond());
        String mac = HexFormat.of().formatHex(mac((time + "." + new String(zitadel, UTF_8)).getBytes(UTF_8)));
        assertThat(post("zitadel", zitadel, "ZITADEL-Signature", "t=" + time + ",v1=" + mac)
                        .statusCode())
                .isEqualTo(200);
        byte[] kratos = json("{'recipient':'kratos@good.test','template_type':'verification_code_valid',"
                + "'template_data':{'verification_code':'475217','identity':{'id':'u-kr'}}}");
        assertThat(post("kratos", kratos, "Authorization", "Bearer " + TOKEN).statusCode())
                .isEqualTo(200);
        byte[] auth0 = json("{'id':'e-1','source':'urn:auth0:t','type':'com.auth0.user.created','data':{'object':"
                + "{'user_id':'auth0|1','email':'auth0@good.test','email_verified':false}}}");
        assertThat(post("auth0", auth0, "Authorization", "Bearer " + TOKEN).statusCode())
                .isEqualTo(200);
        byte[] social = json("{'id':'e-2','source':'urn:auth0:t','type':'com.auth0.user.created','data':{'object':"
                + "{'user_id':'google|1','email':'social@good.test','email_verified':true}}}");
        assertThat(post("auth0", social, "Authorization", "Bearer " + TOKEN).statusCode())
                .isEqualTo(200);

        assertThat(authmail.outcome("urn:auth0:t|e-1", "accepted").key()).isEqualTo("auth0|1");
        assertThat(authmail.outcome("urn:auth0:t|e-2", "ignored").key()).isEqualTo("google|1");
        for (String user : new String[] {"285", "u-kr"}) {
            authmail.kafka()
                    .await(authmail.outcomes(), r -> user.equals(Outcome.of(r).key()));
        }
        assertThat(authmail.relay.mailsTo("zitadel@good.test")).hasSize(1);
        assertThat(authmail.relay.mailsTo("kratos@good.test").getFirst().text())
                .as("their code is not passed on")
                .doesNotContain("475217");
        assertThat(authmail.relay.mailsTo("social@good.test")).isEmpty();
    }

    @Test
    void aLargeRequestIsRefusedWhateverItSaysOfItsSize() throws Exception {
        byte[] large = new byte[70_000];
        Arrays.fill(large, (byte) ' ');
        assertThat(post("kratos", large, "Authorization", "Bearer " + TOKEN).statusCode())
                .isEqualTo(413);
        HttpRequest chunked = HttpRequest.newBuilder(uri("/hooks/kratos"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(large)))
                .build();
        assertThat(HTTP.send(chunked, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(413);
    }

    @Test
    void aParameterOrHeaderThatMeansSomethingToCamelMeansNothing() throws Exception {
        byte[] body = json("{'recipient':'steered@good.test','template_type':'verification_code_valid',"
                + "'template_data':{'identity':{'id':'u-steered'}}}");
        HttpRequest request = HttpRequest.newBuilder(
                        uri("/hooks/kratos?CamelKafkaOverrideTopic=elsewhere&kafka.OVERRIDE_TOPIC=elsewhere"))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + TOKEN)
                .header("CamelKafkaOverrideTopic", "elsewhere")
                .header("authmail-attempts", "9")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();

        assertThat(HTTP.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(200);
        assertThat(authmail.kafka()
                        .await(
                                authmail.outcomes(),
                                r -> "u-steered".equals(Outcome.of(r).key())))
                .isNotNull();
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource({"GET, /hooks/supabase, 405", "POST, /hooks/none, 404", "GET, /, 404", "GET, /actuator/health, 404"})
    void nothingElseAnswers(String method, String path, int status) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri(path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .header("Content-Type", "application/json")
                .build();
        HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).doesNotContain("Exception", "org.apache", "trace");
    }

    @Test
    void brokenHttpIsAnsweredAndHarmsNobody() throws Exception {
        try (Logs logs = Logs.ofThisJvm();
                Socket socket = new Socket("127.0.0.1", port())) {
            socket.setSoTimeout(15_000);
            socket.getOutputStream().write("POST /hooks/kratos HTTP/1.1\r\nHo st: x\r\n\r\n".getBytes(UTF_8));
            InputStream in = socket.getInputStream();
            assertThat(new String(in.readNBytes(12), UTF_8)).isEqualTo("HTTP/1.1 400");
            assertThat(logs.lines()).noneMatch(line -> line.contains("Exception"));
        }
    }

    private static String keycloak(String value) {
        var record = authmail.kafka().send(authmail.registrations() + ".keycloak", null, json(value), Map.of());
        return record.topic() + "-" + record.partition() + "@" + record.offset();
    }

    private static byte[] supabase(String id, String email, String action) {
        return json(
                "{'metadata':{'uuid':'%s'},'user':{'id':'u-%s','email':'%s'},'email_data':{'token':'305805','email_action_type':'%s'}}"
                        .formatted(id, id, email, action));
    }

    private static byte[] json(String text) {
        return text.replace('\'', '"').getBytes(UTF_8);
    }

    private static String[] signed(byte[] body) throws GeneralSecurityException {
        return signed(body, Instant.now());
    }

    private static String[] signed(byte[] body, Instant when) throws GeneralSecurityException {
        String time = String.valueOf(when.getEpochSecond());
        byte[] mac = mac(("msg_1." + time + "." + new String(body, UTF_8)).getBytes(UTF_8));
        return new String[] {
            "webhook-id",
            "msg_1",
            "webhook-timestamp",
            time,
            "webhook-signature",
            "v1," + Base64.getEncoder().encodeToString(mac)
        };
    }

    private static byte[] mac(byte[] message) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
        return mac.doFinal(message);
    }

    private static HttpResponse<String> post(String hook, byte[] body, String... fields) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri("/hooks/" + hook))
                .headers(fields)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    private static int port() {
        return authmail.context().getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }
}
