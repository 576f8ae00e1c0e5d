package dev.authmail.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.authmail.authurl.OneTimeCodeVerifier;
import dev.authmail.testkit.Broker;
import dev.authmail.testkit.KafkaPeer;
import dev.authmail.testkit.Logs;
import dev.authmail.testkit.Outcome;
import dev.authmail.testkit.ReadMail;
import dev.authmail.testkit.TestAuthmail;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.ConfigurableApplicationContext;

/** Links are opened by scanners and clicked by people, twice and in two browsers: confirmed once, by a click alone. */
class LandingPageRouteTest {
    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(LandingPageRouteTest.class.getResourceAsStream("/schemas/verified.schema.json"));
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final byte[] CODE_KEY = "a code key of no less than 32 octets".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    private static Path folder;

    private static TestAuthmail authmail;
    private static KafkaPeer kafka;

    @BeforeAll
    static void start() throws IOException {
        authmail = new TestAuthmail()
                .set("authmail.routes.optional", "landing-page")
                .set("authmail.http.port", 0)
                .set("authmail.link.code.keys", codeKeys())
                .start();
        kafka = new KafkaPeer(Broker.address(), List.of(authmail.verified()));
    }

    private static Path codeKeys() throws IOException {
        Files.writeString(folder.resolve("1.key"), Base64.getUrlEncoder().encodeToString(CODE_KEY));
        return folder;
    }

    @AfterAll
    static void stop() {
        kafka.close();
        authmail.close();
    }

    @Test
    void scannersChangeNothingAndTheClickConfirmsOnce() throws Exception {
        String link = link("click");
        for (String method : List.of("GET", "HEAD", "GET", "HEAD")) {
            HttpResponse<String> answer = visit(method, link);
            assertThat(answer.statusCode()).isEqualTo(200);
        }
        assertThat(visit("GET", link).body()).contains("<button>Confirm my address</button>", "Example");
        assertThat(confirmed("u-click")).isEmpty();

        HttpResponse<String> click = visit("POST", link);
        assertThat(click.statusCode()).isEqualTo(200);
        assertThat(click.body())
                .contains("Your address is confirmed", "href=\"https://app.sender.test/welcome\"")
                .doesNotContain("<button");
        ConsumerRecord<byte[], byte[]> record = kafka.await(authmail.verified(), r -> isOf("u-click", r));
        assertThat(SCHEMA.validate(KafkaPeer.text(record), InputFormat.JSON)).isEmpty();
        assertThat(KafkaPeer.text(record))
                .contains("\"purpose\":\"verify-email\"")
                .doesNotContain("@", "sig");

        assertThat(visit("POST", link).body()).contains("Your address is confirmed");
        assertThat(visit("GET", link).body()).as("another browser").contains("Your address is confirmed");
        confirm("behind-click");
        assertThat(confirmed("u-click")).hasSize(1);
    }

    @Test
    void manyClicksAtOnceConfirmOnce() throws Exception {
        String link = link("race");

        List<CompletableFuture<HttpResponse<String>>> clicks = IntStream.range(0, 8)
                .mapToObj(i -> HTTP.sendAsync(request("POST", link), HttpResponse.BodyHandlers.ofString()))
                .toList();

        clicks.forEach(click -> assertThat(click.join().body()).contains("Your address is confirmed"));
        confirm("behind-race");
        assertThat(confirmed("u-race")).hasSize(1);
    }

    @Test
    void anotherReplicaKnowsIt() throws Exception {
        String link = link("replica");
        visit("POST", link);
        kafka.await(authmail.verified(), r -> isOf("u-replica", r));

        try (ConfigurableApplicationContext other = authmail.launch(Map.of())) {
            int port = other.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
            URI there = URI.create("http://127.0.0.1:" + port + link);
            HttpRequest get = HttpRequest.newBuilder(there).build();
            await().untilAsserted(() -> assertThat(
                            HTTP.send(get, HttpResponse.BodyHandlers.ofString()).body())
                    .contains("Your address is confirmed"));
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            changed user             | uid=u-   | uid=x-   | 404 | This link does not work
            no signature             | &sig=    | &gis=    | 404 | This link does not work
            changed signature        | &sig=    | &sig=A   | 404 | This link does not work
            expired, and so changed  | &exp=    | &exp=1   | 404 | This link does not work
            a tracker behind it      | $        | &utm=1   | 200 | Confirm your email address
            """)
    void onlyASignedLinkIsGood(String why, String from, String to, int status, String title) throws Exception {
        String link = link("signed-" + Integer.toHexString(why.hashCode())).replaceFirst(from, to);

        for (String method : List.of("GET", "POST")) {
            if (status == 200 && method.equals("POST")) {
                continue;
            }
            HttpResponse<String> answer = visit(method, link);
            assertThat(answer.statusCode()).isEqualTo(status);
            assertThat(answer.body()).contains(title);
        }
        if (status != 200) {
            assertThat(kafka.seen(authmail.verified()))
                    .noneMatch(r -> KafkaPeer.text(r).contains("\"x-"));
        }
    }

    @Test
    void thePageKeepsItsSecret() throws Exception {
        String link = link("secret");
        try (Logs logs = Logs.ofThisJvm()) {
            HttpResponse<String> answer = visit("GET", link, "Accept-Language", "ja,en;q=0.5");

            assertThat(answer.body())
                    .contains("<html lang=\"ja\">", "アドレスを確認する")
                    .doesNotContain("http", "<script");
            Map<String, List<String>> headers = answer.headers().map();
            assertThat(headers).containsEntry("cache-control", List.of("no-store"));
            assertThat(headers).containsEntry("referrer-policy", List.of("no-referrer"));
            assertThat(headers).containsEntry("x-frame-options", List.of("DENY"));
            assertThat(headers.get("content-security-policy").getFirst())
                    .startsWith("default-src 'none'; style-src 'sha256-")
                    .contains("form-action 'self'", "frame-ancestors 'none'");
            assertThat(headers).doesNotContainKeys("set-cookie", "server");
            visit("POST", link);
            assertThat(logs.lines()).noneMatch(line -> line.contains("sig=") || line.contains("u-secret"));
        }
    }

    @Test
    void theCodeBesideTheLinkIsTheOneOfItsEventAndNowhereElse() throws Exception {
        try (Logs logs = Logs.ofThisJvm()) {
            authmail.register("code", "code@good.test");
            Outcome outcome = authmail.outcome("code", "accepted");
            ReadMail mail = ReadMail.of(authmail.relay.mailsTo("code@good.test").getFirst());
            String code = Pattern.compile("(?m)^([0-9]{6})\\R")
                    .matcher(mail.text())
                    .results()
                    .map(found -> found.group(1))
                    .findFirst()
                    .orElseThrow();

            OneTimeCodeVerifier verifier =
                    new OneTimeCodeVerifier(List.of(CODE_KEY), Duration.ofMinutes(30), Clock.systemUTC(), id -> 1);
            assertThat(verifier.verify(code, "verify-email", "code", "u-code", "code@good.test"))
                    .isInstanceOf(OneTimeCodeVerifier.Verdict.Right.class);
            assertThat(verifier.verify(code, "verify-email", "code", "u-code", "other@good.test"))
                    .isInstanceOf(OneTimeCodeVerifier.Verdict.Wrong.class);
            assertThat(mail.html()).contains(code);
            Pattern standsIn = Pattern.compile("(?<![0-9])" + code + "(?![0-9])");
            assertThat(logs.lines()).isNotEmpty().noneMatch(standsIn.asPredicate());
            assertThat(outcome.toString() + outcome.record().headers()).doesNotContainPattern(standsIn);
        }
    }

    private static void confirm(String id) throws Exception {
        visit("POST", link(id));
        kafka.await(authmail.verified(), r -> isOf("u-" + id, r));
    }

    private static List<ConsumerRecord<byte[], byte[]>> confirmed(String user) {
        return kafka.seen(authmail.verified()).stream()
                .filter(r -> isOf(user, r))
                .toList();
    }

    private static boolean isOf(String user, ConsumerRecord<byte[], byte[]> record) {
        return KafkaPeer.text(record).contains("\"subject\":\"" + user + "\"");
    }

    /** Path and query of the link in the mail of a new event. */
    private static String link(String id) {
        authmail.register(id, id + "@good.test");
        authmail.outcome(id, "accepted");
        URI link = ReadMail.of(authmail.relay.mailsTo(id + "@good.test").getFirst())
                .link();
        return link.getRawPath() + "?" + link.getRawQuery();
    }

    private static HttpResponse<String> visit(String method, String link, String... fields) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(request(method, link), (name, value) -> true);
        if (fields.length > 0) {
            request.headers(fields);
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** As browsers click: a form without fields. */
    private static HttpRequest request(String method, String link) {
        int port = authmail.context().getEnvironment().getRequiredProperty("local.server.port", Integer.class);
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + link))
                .method(method, BodyPublishers.noBody());
        return method.equals("POST")
                ? request.header("Content-Type", "application/x-www-form-urlencoded")
                        .build()
                : request.build();
    }
}
