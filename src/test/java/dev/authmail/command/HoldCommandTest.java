package dev.authmail.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.testkit.Broker;
import dev.authmail.traffic.Closure;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On a real broker, without the service. */
class HoldCommandTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    private final String topic = "state-" + UUID.randomUUID();
    private Instant now = NOON;

    @BeforeEach
    void createTopic() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", Broker.address()))) {
            admin.createTopics(List.of(new NewTopic(topic, 2, (short) 1))).all().get();
        }
    }

    @Test
    void whatIsHeldIsListedAndEnded() {
        assertThat(hold("--list").out()).isEqualTo("nothing is held\n");
        assertThat(hold("--domain", "例え.JP", "--why", "their servers move").out())
                .isEqualTo("domain xn--r8jz45g.jp is held since 2026-11-24T12:00:00Z\n");
        now = NOON.plusSeconds(60);
        assertThat(hold("--domain", "xn--r8jz45g.jp").out())
                .isEqualTo("domain xn--r8jz45g.jp is held already, since 2026-11-24T12:00:00Z\n");
        assertThat(hold().out()).isEqualTo("everything is held since 2026-11-24T12:01:00Z\n");
        assertThat(hold("--list").out()).isEqualTo("""
                domain xn--r8jz45g.jp since 2026-11-24T12:00:00Z: their servers move
                everything since 2026-11-24T12:01:00Z
                """);

        assertThat(resume().out()).isEqualTo("everything is resumed; it was held since 2026-11-24T12:01:00Z\n");
        assertThat(resume("--all").out())
                .isEqualTo("domain xn--r8jz45g.jp is resumed; it was held since 2026-11-24T12:00:00Z\n");
        assertThat(hold("--list").out()).isEqualTo("nothing is held\n");
    }

    @Test
    void aProviderThatRefusedUsIsListedAndOpened() throws Exception {
        Closure closure = new Closure(
                "google.com",
                Closure.State.CLOSED,
                "google-ptr",
                "550 5.7.25 no PTR record",
                NOON,
                NOON.plusSeconds(3600),
                1,
                "a1");
        write(closure.key(), closure.toJson());
        assertThat(hold("--list").out())
                .isEqualTo("provider google.com refused us since 2026-11-24T12:00:00Z and gets no direct mail until"
                        + " 2026-11-24T13:00:00Z: 550 5.7.25 no PTR record\n");
        assertThat(resume("--all").err()).contains("nothing is held");

        assertThat(resume("--provider", "Google.com").out())
                .isEqualTo("direct delivery to google.com is open; it was closed since 2026-11-24T12:00:00Z\n");

        assertThat(hold("--list").out()).isEqualTo("nothing is held\n");
    }

    private void write(String key, byte[] value) throws Exception {
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", Broker.address()), new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, key, value)).get();
        }
    }

    @ParameterizedTest(name = "{0}: {1} {2}")
    @CsvSource(textBlock = """
            hold --route rely,                    2, 'there is no route rely; it is one of direct, relay, relays'
            hold --domain a..b,                   2, '"a..b" is not a domain: has a domain with an empty label'
            hold --purpose Reset,                 2, '"Reset" is no purpose that can be held'
            hold --domain a.test --purpose reset, 2, 'mutually exclusive'
            resume --domain a.test,               1, 'domain a.test is not held'
            resume,                               1, 'everything is not held'
            resume --all,                         1, 'nothing is held'
            resume --all --domain a.test,         2, '--all, --provider and one route, domain or purpose exclude each other'
            resume --provider a.test --all,       2, '--all, --provider and one route, domain or purpose exclude each other'
            resume --provider a.test,             1, 'direct delivery to a.test is not closed'
            """)
    void whatCannotBeDoneIsSaidInOneSentence(String line, int status, String sentence) {
        String[] words = line.split(" ");
        String[] arguments = List.of(words).subList(1, words.length).toArray(String[]::new);

        Run run = words[0].equals("hold") ? hold(arguments) : resume(arguments);

        assertThat(run.status()).isEqualTo(status);
        assertThat(run.err()).contains(sentence);
        assertThat(run.out()).isEmpty();
    }

    private Run hold(String... arguments) {
        return Run.of(new HoldCommand(this::settings, Clock.fixed(now, ZoneOffset.UTC)), arguments);
    }

    private Run resume(String... arguments) {
        return Run.of(new ResumeCommand(this::settings, Clock.fixed(now, ZoneOffset.UTC)), arguments);
    }

    private ServiceSettings settings() {
        return StateTopics.named(topic);
    }
}
