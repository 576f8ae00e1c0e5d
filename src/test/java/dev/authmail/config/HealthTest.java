package dev.authmail.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.camel.AnswerHook;
import dev.authmail.delivery.Provider;
import dev.authmail.delivery.Route;
import dev.authmail.delivery.UnknownReplies;
import dev.authmail.delivery.UnknownReply;
import dev.authmail.smtp.SmtpPhase;
import dev.authmail.testkit.TestAuthmail;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.apache.camel.CamelContext;
import org.apache.camel.support.DefaultExchange;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the service answers over HTTP: whether it is well, its numbers, and nothing else. */
class HealthTest {
    private static final TestAuthmail AUTHMAIL = new TestAuthmail();
    private static final Path TEMPLATES = AUTHMAIL.folder.resolve("templates");

    @BeforeAll
    static void start() throws IOException {
        Files.createDirectories(TEMPLATES.resolve("verify-email"));
        AUTHMAIL.set("authmail.templates.folder", TEMPLATES)
                .set("authmail.kafka.open-alarm", "1s")
                .set("authmail.doctor.enabled", true)
                .set("authmail.doctor.outside-host", "")
                .set("authmail.doctor.address-blocklists", "")
                .set("authmail.doctor.domain-blocklists", "")
                .start();
    }

    @AfterAll
    static void stop() {
        AUTHMAIL.close();
    }

    @Test
    void aRouteThatShouldRunAndDoesNotIsNamed() throws Exception {
        CamelContext camel = AUTHMAIL.context().getBean(CamelContext.class);
        assertThat(get("/actuator/health")).startsWith("HTTP/1.1 200").contains("\"status\":\"UP\"");

        camel.getRouteController().stopRoute("receive-retry");
        try {
            assertThat(get("/actuator/health"))
                    .startsWith("HTTP/1.1 503")
                    .contains("\"notRunning\":[\"receive-retry\"]");
            assertThat(get("/actuator/health/readiness")).startsWith("HTTP/1.1 503");
            // A restart would not mend it, and the mails under way would be cut.
            assertThat(get("/actuator/health/liveness")).startsWith("HTTP/1.1 200");
        } finally {
            camel.getRouteController().startRoute("receive-retry");
        }
        assertThat(get("/actuator/health/readiness")).startsWith("HTTP/1.1 200");
    }

    @Test
    void anEventThatIsUnderWayForLongerThanTheAlarmIsTold() throws IOException {
        AUTHMAIL.relay.on("RCPT TO:<slow@").stallAfter(Duration.ofSeconds(4));
        AUTHMAIL.register("slow", "slow@good.test");

        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(get("/actuator/health"))
                        .startsWith("HTTP/1.1 503")
                        .contains("\"alarmSeconds\":1", "\"inFlight\":1")
                        .containsPattern("\"oldestOpenSeconds\":[1-9]"));
        // Another replica would not be faster, and a restart would cut the mails under way.
        assertThat(get("/actuator/health/readiness")).startsWith("HTTP/1.1 200");
        assertThat(get("/actuator/health/liveness")).startsWith("HTTP/1.1 200");
        assertThat(get("/actuator/prometheus"))
                .contains("authmail_oldest_open_event_alarm_seconds 1.0")
                .containsPattern("authmail_oldest_open_event_seconds [1-9]");

        AUTHMAIL.outcome("slow", "accepted");
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(get("/actuator/health")).startsWith("HTTP/1.1 200"));
    }

    @Test
    void aTemplateThatWasNotTakenUpIsToldAndMailGoesOn() throws IOException {
        Path broken = Files.writeString(TEMPLATES.resolve("verify-email/text_en.ftl"), "${link");
        try {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(get("/actuator/health"))
                            .startsWith("HTTP/1.1 200")
                            .contains("text_en.ftl"));
        } finally {
            Files.delete(broken);
        }
    }

    /** A restart mends no DNS record. */
    @Test
    void whatTheDoctorFindsIsToldAndTakesNoReplicaAway() throws IOException {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(get("/actuator/health/doctor"))
                        .startsWith("HTTP/1.1 200")
                        .contains("\"status\":\"FAILURE\"", "\"spf\":\"failure\""));
        assertThat(get("/actuator/health/readiness")).startsWith("HTTP/1.1 200");
    }

    /** Docs, alerts and dashboard speak of what is there, and the docs of all of it. */
    @Test
    void metricsAreThoseOfTheDocumentation() throws Exception {
        AUTHMAIL.register("metrics", "hanako@good.test");
        AUTHMAIL.outcome("metrics", "accepted");
        countUnknownReply();
        countHook();
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> get("/actuator/prometheus").contains("authmail_findings"));

        Metrics served = Metrics.served(get("/actuator/prometheus"));

        assertThat(served.ofAuthmail()).isEqualTo(Metrics.documented());
        for (String file : List.of(
                "docs/metrics.md",
                "k8s/components/monitoring/prometheusrule.yaml",
                "k8s/components/monitoring/dashboard.json")) {
            assertThat(served.samples()).as(file).containsAll(Metrics.namedIn(Path.of(file)));
        }
        assertThat(served.text()).doesNotContain("good.test", "hanako");
    }

    @Test
    void repliesThatNoRuleKnowsAreListedAndCounted() throws IOException {
        countUnknownReply();

        assertThat(get("/actuator/unknownreplies"))
                .startsWith("HTTP/1.1 200")
                .contains("\"text\":\"zzqq #\"", "b.test");
        assertThat(get("/actuator/prometheus"))
                .contains("authmail_replies_unknown_total{code=\"5yz\",phase=\"rcpt\",route=\"direct\"}");
    }

    private static void countUnknownReply() {
        UnknownReplies list = AUTHMAIL.context().getBean(UnknownReplies.class);
        MeterRegistry meters = AUTHMAIL.context().getBean(MeterRegistry.class);
        new UnknownReplyLog(list, meters)
                .accept(new UnknownReply(Route.DIRECT, SmtpPhase.RCPT, Provider.of("mx.b.test"), 550, "zzqq #"));
    }

    private static void countHook() {
        CamelContext context = AUTHMAIL.context().getBean(CamelContext.class);
        new AnswerHook(AUTHMAIL.context().getBean(MeterRegistry.class)).process(new DefaultExchange(context));
    }

    @ParameterizedTest(name = "{1} {0}: {2}")
    @CsvSource(textBlock = """
            /,                     GET,     the root
            /index.html,           GET,     a static page
            /error,                GET,     the error page itself
            /actuator,             GET,     the list of endpoints
            /actuator/env,         GET,     settings
            /actuator/heapdump,    GET,     memory with keys
            /actuator/shutdown,    POST,    an end from outside
            /actuator/prometheus,  POST,    a method that nothing needs
            /actuator/health,      DELETE,  a method that nothing needs
            /camel,                GET,     routes
            /%2e%2e/actuator,      GET,     a way around
            /,                     TRACE,   an echo
            """)
    void nothingElseAnswers(String path, String method, String reason) throws IOException {
        String answer = ask(method, path);

        assertThat(answer).as(reason).matches("(?s)HTTP/1\\.1 (4..|500).*");
        assertThat(answer).doesNotContain("Whitelabel", "Tomcat", "Exception", "org.springframework");
    }

    /** A scanner in the cluster: whatever it asks, it learns nothing, and the service goes on. */
    @Test
    void aThousandRequestsLeakNothingAndStopNothing() throws Exception {
        String urlKey;
        try (var keys = Files.list(AUTHMAIL.keys.urlKeys())) {
            urlKey = Files.readString(keys.findFirst().orElseThrow()).strip();
        }
        AUTHMAIL.register("before", "hanako@good.test");
        AUTHMAIL.outcome("before", "accepted");
        List<String> methods = List.of("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "BREW");
        List<String> paths = List.of(
                "/",
                "/actuator/health",
                "/actuator/prometheus",
                "/actuator/operator",
                "/actuator/operator/verify-email/ja",
                "/actuator/operator/..%2f..%2fetc/passwd",
                "/actuator/env/authmail.link.keys",
                "/actuator/heapdump",
                "/actuator/configprops",
                "/actuator/loggers",
                "/actuator/threaddump",
                "/actuator/beans",
                "/actuator/jolokia",
                "/actuator/unknownreplies?x=" + "a".repeat(4000),
                "/actuator/health/%00",
                "/actuator/health;a=b/../env",
                "//actuator//env",
                "/actuator/%65nv",
                "/jolokia",
                "/camel/routes",
                "/manager/html",
                "/.git/config");
        Random random = new Random(42);
        for (int i = 0; i < 1_000; i++) {
            String method = methods.get(random.nextInt(methods.size()));
            String path = paths.get(random.nextInt(paths.size()));
            String answer = ask(method, path + (random.nextInt(4) == 0 ? "?id=" + i : ""));

            assertThat(answer)
                    .as("%s %s", method, path)
                    .doesNotContain("hanako", urlKey, "Exception", "at org.", "BEGIN");
        }
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(get("/actuator/health")).startsWith("HTTP/1.1 200"));
        AUTHMAIL.register("after", "hanako@good.test");
        AUTHMAIL.outcome("after", "accepted");
    }

    private static String get(String path) throws IOException {
        return ask("GET", path);
    }

    private static String ask(String method, String path) throws IOException {
        int port = AUTHMAIL.context().getEnvironment().getRequiredProperty("local.management.port", Integer.class);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            String head = "%s %s HTTP/1.1\r\nHost: localhost\r\nAccept: text/html, */*\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(head.formatted(method, path).getBytes(UTF_8));
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }
}
