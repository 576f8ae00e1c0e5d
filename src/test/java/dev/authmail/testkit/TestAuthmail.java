package dev.authmail.testkit;

import dev.authmail.config.AuthmailApplication;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * authmail as a whole on real parts on loopback: a Kafka broker, a relay and MX hosts with STARTTLS, and a DNS server.
 * Each has topics of its own, so that many can share the broker.
 *
 * <p>{@code good.test} and {@code other.test} have the MX hosts {@link #mx} and {@link #secondMx}, in this order.
 */
public final class TestAuthmail implements AutoCloseable {
    public static final String RELAY_NAME = "localhost";
    private static int count;

    public final ScriptedSmtpServer relay = ScriptedSmtpServer.start("127.0.0.1", 0);
    public final ScriptedSmtpServer mx = ScriptedSmtpServer.start("127.0.0.2", 0);
    public final ScriptedSmtpServer secondMx = ScriptedSmtpServer.start("127.0.0.3", mx.port());
    public final DnsServer dns = DnsServer.start();
    public final TestCertificates certificates = new TestCertificates();
    public final Path folder;
    public final TestKeys keys;
    private final String prefix;
    private final Map<String, Object> settings = new LinkedHashMap<>();
    private final List<Class<?>> beans = new ArrayList<>(List.of(AuthmailApplication.class));
    private ConfigurableApplicationContext context;
    private KafkaPeer kafka;
    private MailChecks checks;

    /** For a test: topics and a folder of its own. */
    public TestAuthmail() {
        this("t" + ProcessHandle.current().pid() + "-" + next() + ".", temporaryFolder());
    }

    /** @param prefix of the names of all topics */
    public TestAuthmail(String prefix, Path folder) {
        this(prefix, folder, Broker.address());
    }

    /** @param brokers of a cluster that the test has started */
    public TestAuthmail(String prefix, Path folder, String brokers) {
        this.prefix = prefix;
        this.folder = folder;
        keys = TestKeys.in(folder.resolve("keys"));
        relay.startTls(certificates.validFor(RELAY_NAME));
        mx.startTls(certificates.validFor("mx1.good.test"));
        secondMx.startTls(certificates.validFor("mx2.good.test"));
        zones();
        defaults(brokers);
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("authmail");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static synchronized int next() {
        return ++count;
    }

    private void zones() {
        String hosts = """
                @   IN MX 10 mx1.good.test.
                @   IN MX 20 mx2.good.test.
                """;
        dns.zone("good.test", hosts + """
                mx1 IN A 127.0.0.2
                mx2 IN A 127.0.0.3
                """);
        dns.zone("other.test", hosts);
        dns.zone("xn--r8jz45g.jp", hosts);
        dns.zone("null.test", "@ IN MX 0 .\n");
        dns.zone("sender.test", keys.dkimRecords());
    }

    private void defaults(String brokers) {
        set("authmail.kafka.brokers", brokers);
        set("authmail.kafka.group", prefix + "group");
        set("authmail.topics.registrations", registrations());
        set("authmail.topics.retry", prefix + "retry");
        set("authmail.topics.outcomes", outcomes());
        set("authmail.topics.dead-letter", deadLetter());
        set("authmail.topics.ledger", prefix + "ledger");
        set("authmail.topics.suppressions", prefix + "suppressions");
        set("authmail.topics.verified", verified());
        set("authmail.topics.quarantine", quarantine());
        set("authmail.topics.state", state());
        set("authmail.topics.findings", findings());
        set("authmail.topics.reports", reports());
        set("authmail.topics.partitions", 1);
        set("authmail.link.origin", "https://app.sender.test");
        set("authmail.link.keys", keys.urlKeys());
        set("authmail.mail.from", "no-reply@sender.test");
        set("authmail.mail.from-name", "Example");
        set("authmail.mail.product", "Example");
        set("authmail.mail.envelope-keys", keys.envelopeKeys());
        set("authmail.dkim.keys[0].selector", "rsa");
        set("authmail.dkim.keys[0].algorithm", "rsa");
        set("authmail.dkim.keys[0].file", keys.rsaFile());
        set("authmail.dkim.keys[1].selector", "ed");
        set("authmail.dkim.keys[1].algorithm", "ed25519");
        set("authmail.dkim.keys[1].file", keys.ed25519File());
        set("authmail.relays.relay.host", RELAY_NAME);
        set("authmail.relays.relay.port", relay.port());
        set("authmail.direct.port", mx.port());
        set("authmail.direct.allow-private-addresses", true);
        set("authmail.direct.ip-preference", "ipv4-only");
        set("authmail.dns.servers", "127.0.0.1:" + dns.address().getPort());
        set("authmail.dns.timeout", "2s");
        set("authmail.doctor.enabled", false); // it would dial hosts outside
        set("authmail.smtp.ehlo-name", "mail.sender.test");
        set("authmail.smtp.ca-bundle", certificates.pem());
        set("authmail.smtp.breaker.failures", 0); // a test of failures would meet the breaker of the one before
        set("authmail.limits.recipient-per-hour", 0); // tests mail the same few people again and again
        set("authmail.retry.tiers", "1s,2s,3s");
        set("management.server.port", 0);
    }

    /** Overrides a setting, before the start. */
    public TestAuthmail set(String name, Object value) {
        settings.put(name, value.toString());
        return this;
    }

    /** Adds beans of a test's own, before the start. */
    public TestAuthmail with(Class<?> configuration) {
        beans.add(configuration);
        return this;
    }

    /** Starts the service and the peer that watches its topics. */
    public TestAuthmail start() {
        context = launch();
        return watch();
    }

    /** Starts only the peer that watches the topics, which must exist: the service runs somewhere else. */
    public TestAuthmail watch() {
        if (kafka == null) {
            kafka = new KafkaPeer(settings.get("authmail.kafka.brokers").toString(), topics());
        }
        return this;
    }

    private ConfigurableApplicationContext launch() {
        return launch(Map.of());
    }

    /** Starts the service alone, with some settings otherwise for this time. What keeps it from starting is thrown. */
    public ConfigurableApplicationContext launch(Map<String, ?> otherwise) {
        Map<String, Object> all = new LinkedHashMap<>(settings);
        all.putAll(otherwise);
        return new SpringApplicationBuilder(beans.toArray(Class<?>[]::new))
                .properties(Map.of("spring.jmx.enabled", "false"))
                .run(all.entrySet().stream()
                        .map(e -> "--" + e.getKey() + "=" + e.getValue())
                        .toArray(String[]::new));
    }

    private List<String> topics() {
        List<String> topics = new ArrayList<>(
                List.of(registrations(), outcomes(), deadLetter(), findings(), reports(), quarantine()));
        for (String tier : settings.get("authmail.retry.tiers").toString().split(",")) {
            topics.add(retry(tier));
        }
        return topics;
    }

    /** All settings as options of a command. */
    public List<String> options() {
        return settings.entrySet().stream()
                .map(e -> "--" + e.getKey() + "=" + e.getValue())
                .toList();
    }

    /** All settings as environment variables, as Spring Boot names them. */
    public Map<String, String> environment() {
        Map<String, String> variables = new LinkedHashMap<>();
        settings.forEach((name, value) -> variables.put(
                name.replace("-", "").replaceAll("[.\\[\\]]+", "_").toUpperCase(Locale.ROOT), value.toString()));
        return variables;
    }

    /** Stops the service as Kubernetes does; the servers keep running. */
    public void stop() {
        context.close();
    }

    public ConfigurableApplicationContext context() {
        return context;
    }

    public KafkaPeer kafka() {
        return kafka;
    }

    public String registrations() {
        return prefix + "registrations";
    }

    public String outcomes() {
        return prefix + "outcomes";
    }

    public String deadLetter() {
        return prefix + "dead-letter";
    }

    public String suppressions() {
        return prefix + "suppressions";
    }

    public String findings() {
        return prefix + "findings";
    }

    public String verified() {
        return prefix + "verified";
    }

    public String reports() {
        return prefix + "reports";
    }

    public String quarantine() {
        return prefix + "quarantine";
    }

    public String state() {
        return prefix + "state";
    }

    public String retry(String tier) {
        return prefix + "retry." + tier;
    }

    /** Publishes a bare event. */
    public void register(String id, String email) {
        register("""
                {"id": "%s", "userId": "u-%s", "email": "%s", "name": "山田 花子", "locale": "ja-JP", "continueTo": "/welcome"}
                """.formatted(id, id, email));
    }

    /** Publishes any value. */
    public void register(String json) {
        kafka.send(registrations(), null, json.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    /** Publishes an event in any dress and returns the record's position, {@code topic-partition@offset}. */
    public String publish(String key, byte[] value, Map<String, String> headers) {
        RecordMetadata record = kafka.send(registrations(), key, value, headers);
        return record.topic() + "-" + record.partition() + "@" + record.offset();
    }

    // ---- what became of an event

    /** The first outcome of that type, such as {@code accepted}; waits for it. */
    public Outcome outcome(String eventId, String type) {
        return Outcome.of(kafka.await(outcomes(), r -> isAbout(r, eventId, type)));
    }

    /** The outcome after which nothing more is tried, whatever its type; waits for it. */
    public Outcome finalOutcome(String eventId) {
        return Outcome.of(kafka.await(outcomes(), r -> {
            Outcome outcome = Outcome.of(r);
            return outcome.data("eventId").equals(eventId)
                    && outcome.data("final").equals("true");
        }));
    }

    /** All outcomes of an event so far, in order. */
    public List<Outcome> outcomesOf(String eventId) {
        return kafka.seen(outcomes()).stream()
                .map(Outcome::of)
                .filter(o -> o.data("eventId").equals(eventId))
                .toList();
    }

    private static boolean isAbout(ConsumerRecord<byte[], byte[]> record, String eventId, String type) {
        Outcome outcome = Outcome.of(record);
        return outcome.data("eventId").equals(eventId) && outcome.type().equals(type);
    }

    /** The dead letter of an event; waits for it. */
    public Letter deadLetter(String eventId) {
        return letter(deadLetter(), eventId);
    }

    /** The first record of an event on the retry topic of a tier; waits for it. */
    public Letter retryRecord(String tier, String eventId) {
        return letter(retry(tier), eventId);
    }

    private Letter letter(String topic, String eventId) {
        return new Letter(kafka.await(topic, r -> eventId.equals(new Letter(r).says("event-id"))));
    }

    /** All dead letters of an event so far. */
    public List<Letter> deadLettersOf(String eventId) {
        return kafka.seen(deadLetter()).stream()
                .map(Letter::new)
                .filter(l -> eventId.equals(l.says("event-id")))
                .toList();
    }

    /** Looks at mails as their receivers do. */
    public MailChecks checks() {
        if (checks == null) {
            checks = new MailChecks(keys, dns, "https://app.sender.test");
        }
        return checks;
    }

    /** The next offset of registrations that the group would read: all before it are done. */
    public long committed() {
        return kafka.committed(prefix + "group", registrations());
    }

    /** Waits until every record of a topic is done and committed. */
    public void awaitAllCommitted(String topic) {
        kafka.awaitAllCommitted(prefix + "group", topic);
    }

    /** Whether every record of a topic is done and committed by now. */
    public boolean isAllCommitted(String topic) {
        return kafka.isAllCommitted(prefix + "group", topic);
    }

    @Override
    public void close() {
        if (checks != null) {
            checks.close();
        }
        if (context != null) {
            context.close();
        }
        if (kafka != null) {
            kafka.close();
        }
        relay.close();
        mx.close();
        secondMx.close();
        dns.close();
    }
}
