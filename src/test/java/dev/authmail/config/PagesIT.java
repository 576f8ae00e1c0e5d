package dev.authmail.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.mail.ForeignProgram;
import dev.authmail.testkit.Broker;
import dev.authmail.testkit.Chromium;
import dev.authmail.testkit.KafkaPeer;
import dev.authmail.testkit.ReadMail;
import dev.authmail.testkit.TestAuthmail;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The operator's page and the landing page of a running instance, as a real browser has them. Their pictures are left in
 * target/screenshots.
 */
@Tag("real")
class PagesIT {
    private static final TestAuthmail AUTHMAIL = new TestAuthmail();

    private static KafkaPeer verified;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        AUTHMAIL.set("authmail.mail.product", "<script>document.title='run'</script>")
                .set("authmail.routes.optional", "landing-page")
                .set("authmail.http.port", 0)
                .start();
        verified = new KafkaPeer(Broker.address(), List.of(AUTHMAIL.verified()));
        AUTHMAIL.relay
                .on("RCPT")
                .when(h -> h.command().contains("hanako@"))
                .reply("550 5.1.1 no such user: <b>hanako@good.test</b>");
        AUTHMAIL.register("e-<img src=x>", "hanako@good.test");
        AUTHMAIL.outcome("e-<img src=x>", "failed");
    }

    @AfterAll
    static void stop() {
        verified.close();
        AUTHMAIL.close();
    }

    @Test
    void aBrowserShowsTheStateAndTheRoutesAndRunsNothing() throws Exception {
        Document page = Jsoup.parse(chromium("--window-size=1600,1400", "--dump-dom"));

        assertThat(page.title()).startsWith("authmail for <script>");
        assertThat(page.select("script, img, b")).isEmpty();
        assertThat(page.select("svg g.runs text.name").eachText())
                .contains("receive-registration", "receive-retry", "deliver-mail", "report-outcome", "give-up");
        assertThat(page.select("svg path.edge")).hasSizeGreaterThan(10);
        assertThat(page.select("h2:containsOwn(Last failures) + table tr:eq(1) td")
                        .eachText())
                .contains("authmail.failed", "rejected", "recipient", "e-<img src=x>");
        assertThat(page.select("h2:containsOwn(Outcomes since) + table").text())
                .contains("authmail.failed rejected recipient relay");
        assertThat(page.select("h2:containsOwn(Hops) + table").text()).contains("direct", "relay");
        assertThat(page.text()).doesNotContain("hanako");
        assertThat(page.select("a[href=operator/verify-email/ja]")).hasSize(1);

        Path picture = Path.of("target", "screenshots", "operator.png").toAbsolutePath();
        Files.createDirectories(picture.getParent());
        chromium("--window-size=1600,1400", "--screenshot=" + picture);
        assertThat(Files.size(picture)).isGreaterThan(20_000);
    }

    @Test
    void headersKeepItFromDoingAnythingAndMailsShowNothingReal() throws Exception {
        HttpResponse<String> page = get("");
        HttpResponse<String> mail = get("/verify-email/ja");

        assertThat(page.headers().firstValue("Content-Security-Policy"))
                .get()
                .asString()
                .startsWith("default-src 'none'");
        assertThat(page.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(mail.headers().firstValue("Content-Security-Policy"))
                .get()
                .asString()
                .contains("sandbox");
        assertThat(mail.body()).contains("山田 花子").doesNotContain("hanako");
        for (String none : List.of("/verify-email/xx", "/nothing/ja", "/..%2f/ja", "/verify-email/ja/x")) {
            assertThat(get(none).statusCode()).as(none).isBetween(400, 404);
        }
    }

    /** Scanners open links in a browser that runs scripts; people click, again, and in another browser. */
    @Test
    void aLinkThatScannersOpenedIsConfirmedByAPersonsClickAndByNothingElse() throws Exception {
        URI link = landingPage("click");
        try (Chromium chromium = Chromium.start(folder)) {
            Chromium.Person scanner = chromium.person();
            scanner.open(link);
            scanner.awaitHeading("Confirm your email address");
            assertThat(head(link).statusCode()).isEqualTo(200);
            scanner.open(URI.create("about:blank"));
            scanner.open(link);
            assertThat(confirmed("u-click")).isZero();

            Chromium.Person reader = chromium.person();
            reader.open(link);
            assertThat(reader.evaluate("document.querySelectorAll('script, img, b').length + document.title"))
                    .isEqualTo("0Confirm your email address");
            reader.picture(Path.of("target", "screenshots", "landing.png"));
            reader.click("button");
            reader.awaitHeading("Your address is confirmed");
            reader.open(link);
            reader.awaitHeading("Your address is confirmed");

            Chromium.Person elsewhere = chromium.person();
            elsewhere.open(link);
            elsewhere.awaitHeading("Your address is confirmed");
            assertThat(elsewhere.evaluate("document.querySelectorAll('button').length + document.cookie"))
                    .isEqualTo("0");

            URI another = landingPage("behind");
            elsewhere.open(another);
            elsewhere.click("button");
            elsewhere.awaitHeading("Your address is confirmed");
            verified.await(AUTHMAIL.verified(), r -> isOf("u-behind", r));
            assertThat(confirmed("u-click")).isOne();
        }
    }

    private static long confirmed(String user) {
        return verified.seen(AUTHMAIL.verified()).stream()
                .filter(r -> isOf(user, r))
                .count();
    }

    private static boolean isOf(String user, ConsumerRecord<byte[], byte[]> record) {
        return KafkaPeer.text(record).contains("\"subject\":\"" + user + "\"");
    }

    /** Where the link in the mail of a new event leads, on this instance. */
    private static URI landingPage(String id) {
        AUTHMAIL.register(id, id + "@good.test");
        AUTHMAIL.outcome(id, "accepted");
        URI link = ReadMail.of(AUTHMAIL.relay.mailsTo(id + "@good.test").getFirst())
                .link();
        int port = AUTHMAIL.context().getEnvironment().getRequiredProperty("local.server.port", Integer.class);
        return URI.create("http://127.0.0.1:" + port + link.getRawPath() + "?" + link.getRawQuery());
    }

    private static HttpResponse<Void> head(URI uri) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(uri).HEAD().build(), BodyHandlers.discarding());
        }
    }

    private static URI uri(String path) {
        int port = AUTHMAIL.context().getEnvironment().getRequiredProperty("local.management.port", Integer.class);
        return URI.create("http://127.0.0.1:" + port + "/actuator/operator" + path);
    }

    private static HttpResponse<String> get(String path) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
        }
    }

    private String chromium(String... how) throws Exception {
        List<String> command = new ArrayList<>(Chromium.command(Files.createTempDirectory(folder, "profile")));
        command.addAll(List.of(how));
        command.add(uri("").toString());
        return ForeignProgram.run("chromium", command);
    }
}
