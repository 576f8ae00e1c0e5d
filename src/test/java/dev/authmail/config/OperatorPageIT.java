package dev.authmail.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.mail.ForeignProgram;
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
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The operator's page of a running instance, as a real browser has it. Its picture is left in target/screenshots. */
@Tag("real")
class OperatorPageIT {
    private static final TestAuthmail AUTHMAIL = new TestAuthmail();

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        AUTHMAIL.set("authmail.mail.product", "<script>document.title='run'</script>")
                .start();
        AUTHMAIL.relay.on("RCPT").reply("550 5.1.1 no such user: <b>hanako@good.test</b>");
        AUTHMAIL.register("e-<img src=x>", "hanako@good.test");
        AUTHMAIL.outcome("e-<img src=x>", "failed");
    }

    @AfterAll
    static void stop() {
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
        List<String> command = new ArrayList<>(List.of(
                "/usr/bin/chromium",
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--hide-scrollbars",
                "--user-data-dir=" + Files.createTempDirectory(folder, "profile")));
        command.addAll(List.of(how));
        command.add(uri("").toString());
        return ForeignProgram.run("chromium", command);
    }
}
