package dev.authmail.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.testkit.KafkaPeer;
import dev.authmail.testkit.Outcome;
import dev.authmail.testkit.ScriptedSmtpServer;
import dev.authmail.testkit.TestAuthmail;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.assertj.core.groups.Tuple;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The packaged jar with the OpenTelemetry agent attached as docs/operating.md has it. */
@Tag("traces")
class TracesIT {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String PRODUCER = "b7ad6b7169203331";
    private static final int CLIENT = 3;
    private static final int ERROR = 2;

    @TempDir
    private Path folder;

    /** One span of OTLP JSON. */
    private record Span(JsonNode json) {
        String name() {
            return json.path("name").asString();
        }

        String id() {
            return json.path("spanId").asString();
        }

        String parent() {
            return json.path("parentSpanId").asString();
        }

        boolean failed() {
            return json.path("status").path("code").asInt() == ERROR;
        }

        String attribute(String name) {
            return json.path("attributes")
                    .valueStream()
                    .filter(a -> a.path("key").asString().equals(name))
                    .map(a -> a.path("value").iterator().next().asString())
                    .findFirst()
                    .orElse("");
        }
    }

    /** The relay and both MX hosts put the mail off once, so one event has two attempts, and a retry record between them. */
    @Test
    void oneTraceLeadsFromTheProducerThroughSmtpAndARetryToTheOutcome() throws Exception {
        try (TestAuthmail authmail = new TestAuthmail()) {
            for (ScriptedSmtpServer server : List.of(authmail.relay, authmail.mx, authmail.secondMx)) {
                server.on("RCPT").times(1).reply("451 4.3.0 hanako@good.test comes later");
            }
            try (Jar service = Jar.start(folder, withAgent(authmail)).awaitStarted()) {
                authmail.watch()
                        .kafka()
                        .send(
                                authmail.registrations(),
                                "u-traced",
                                "{\"id\":\"t-1\",\"userId\":\"u-traced\",\"email\":\"hanako@good.test\"}"
                                        .getBytes(UTF_8),
                                Map.of("traceparent", "00-" + TRACE + "-" + PRODUCER + "-01"));
                Outcome deferred = authmail.outcome("t-1", "deferred");
                Outcome accepted = authmail.outcome("t-1", "accepted");

                Map<String, Span> spans = awaitSpans(service);
                follows(spans, parentOf(deferred), authmail.outcomes() + " publish");
                follows(spans, parentOf(accepted), authmail.outcomes() + " publish");
                tellsWhatServersSaid(authmail, spans);
                assertThat(spans.values()).allSatisfy(span -> follows(spans, span.id(), span.name()));
                assertThat(service.out().lines().filter(line -> line.contains("outcome=authmail.")))
                        .hasSize(2)
                        .allMatch(line -> line.contains("\"trace_id\":\"" + TRACE + "\""));
                assertThat(spansIn(service.out()).map(Span::toString))
                        .as("neither mailbox, link, user nor text of a server")
                        .noneMatch(s -> s.contains("hanako")
                                || s.contains("bounce+")
                                || s.contains("verify")
                                || s.contains("u-traced")
                                || s.contains("comes later"));
            }
        }
    }

    private static Map<String, String> withAgent(TestAuthmail authmail) {
        Map<String, String> environment = new TreeMap<>(authmail.environment());
        environment.put("JAVA_TOOL_OPTIONS", "-javaagent:" + agent());
        environment.put("OTEL_INSTRUMENTATION_COMMON_DEFAULT_ENABLED", "false");
        environment.put("OTEL_INSTRUMENTATION_KAFKA_ENABLED", "true");
        environment.put("OTEL_INSTRUMENTATION_OPENTELEMETRY_API_ENABLED", "true");
        environment.put("OTEL_INSTRUMENTATION_LOGBACK_MDC_ENABLED", "true");
        environment.put("OTEL_TRACES_EXPORTER", "experimental-otlp/stdout");
        environment.put("OTEL_METRICS_EXPORTER", "none");
        environment.put("OTEL_LOGS_EXPORTER", "none");
        environment.put("OTEL_BSP_SCHEDULE_DELAY", "100");
        environment.put("LOGGING_STRUCTURED_FORMAT_CONSOLE", "logstash");
        return environment;
    }

    private static String agent() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> entry.contains("opentelemetry-javaagent"))
                .findFirst()
                .orElseThrow();
    }

    /** All spans of the trace, by their ids, once those of the last attempt are told. */
    private static Map<String, Span> awaitSpans(Jar service) {
        Map<String, Span> spans = new TreeMap<>();
        Awaitility.await("the spans of two attempts and what they wrote").untilAsserted(() -> {
            spans.clear();
            spansIn(service.out())
                    .filter(span -> span.json().path("traceId").asString().equals(TRACE))
                    .forEach(span -> spans.put(span.id(), span));
            assertThat(spans.values().stream().filter(s -> s.name().equals("offer relay")))
                    .hasSize(2);
            assertThat(spans.values().stream().filter(s -> s.name().endsWith("outcomes publish")))
                    .hasSize(2);
            assertThat(spans.values().stream().filter(s -> s.name().endsWith("ledger publish")))
                    .as("where it stands: it waits, it is accepted")
                    .hasSize(2);
        });
        return spans;
    }

    private static Stream<Span> spansIn(String out) {
        return out.lines()
                .filter(line -> line.startsWith("{\"resource"))
                .map(JsonMapper.shared()::readTree)
                .flatMap(line -> line.path("resourceSpans").isMissingNode()
                        ? Stream.of(line)
                        : line.path("resourceSpans").valueStream())
                .flatMap(resource -> resource.path("scopeSpans").valueStream())
                .flatMap(scope -> scope.path("spans").valueStream())
                .map(Span::new);
    }

    private static String parentOf(Outcome outcome) {
        String[] parts = KafkaPeer.header(outcome.record(), "traceparent").split("-");
        assertThat(parts[1]).isEqualTo(TRACE);
        return parts[2];
    }

    /** From that span up to the one of the producer that the test plays. */
    private static void follows(Map<String, Span> spans, String id, String name) {
        assertThat(spans).containsKey(id);
        assertThat(spans.get(id).name()).isEqualTo(name);
        String above = id;
        for (int steps = 0; spans.containsKey(above); steps++) {
            assertThat(steps).isLessThan(spans.size());
            above = spans.get(above).parent();
        }
        assertThat(above).isEqualTo(PRODUCER);
    }

    private static void tellsWhatServersSaid(TestAuthmail authmail, Map<String, Span> spans) {
        List<Span> talks = spans.values().stream()
                .filter(span -> span.name().equals("smtp send"))
                .toList();
        assertThat(talks)
                .extracting(
                        span -> spans.get(span.parent()).attribute("authmail.hop"),
                        span -> span.attribute("server.address"),
                        span -> span.attribute("server.port"),
                        span -> span.attribute("authmail.smtp.reply"),
                        span -> span.attribute("authmail.smtp.status"),
                        span -> span.attribute("authmail.smtp.phase"),
                        span -> span.attribute("tls.protocol.version"),
                        Span::failed)
                .containsExactlyInAnyOrder(
                        talk("relay", "localhost", authmail.relay.port(), "451", "4.3.0", "rcpt", true),
                        talk("direct", "mx1.good.test", authmail.mx.port(), "451", "4.3.0", "rcpt", true),
                        talk("direct", "mx2.good.test", authmail.mx.port(), "451", "4.3.0", "rcpt", true),
                        talk("relay", "localhost", authmail.relay.port(), "250", "2.0.0", "", false));
        assertThat(talks)
                .allSatisfy(span -> assertThat(span.json().path("kind").asInt()).isEqualTo(CLIENT));
    }

    private static Tuple talk(
            String hop, String server, int port, String reply, String status, String phase, boolean failed) {
        return Assertions.tuple(hop, server, Integer.toString(port), reply, status, phase, "1.3", failed);
    }
}
