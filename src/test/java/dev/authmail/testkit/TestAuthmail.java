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
import java.util.Map;
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
    private ConfigurableApplicationContext context;
    private KafkaPeer kafka;

    /** For a test: topics and a folder of its own. */
    public TestAuthmail() {
        this("t" + ProcessHandle.current().pid() + "-" + next() + ".", temporaryFolder());
    }

    /** @param prefix of the names of all topics */
    public TestAuthmail(String prefix, Path folder) {
        this.prefix = prefix;
        this.folder = folder;
        keys = TestKeys.in(folder.resolve("keys"));
        relay.startTls(certificates.validFor(RELAY_NAME));
        mx.startTls(certificates.validFor("mx1.good.test"));
        secondMx.startTls(certificates.validFor("mx2.good.test"));
        zones();
        defaults();
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

    private void defaults() {
        set("authmail.kafka.brokers", Broker.address());
        set("authmail.kafka.group", prefix + "group");
        set("authmail.topics.registrations", registrations());
        set("authmail.topics.retry", prefix + "retry");
        set("authmail.topics.outcomes", outcomes());
        set("authmail.topics.dead-letter", deadLetter());
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
        set("authmail.smtp.ehlo-name", "mail.sender.test");
        set("authmail.smtp.ca-bundle", certificates.pem());
        set("authmail.retry.tiers", "1s,2s,3s");
        set("server.port", 0);
    }

    /** Overrides a setting, before the start. */
    public TestAuthmail set(String name, Object value) {
        settings.put(name, value.toString());
        return this;
    }

    /** Starts the service and the peer that watches its topics. */
    public TestAuthmail start() {
        context = new SpringApplicationBuilder(AuthmailApplication.class)
                .properties(Map.of("spring.jmx.enabled", "false"))
                .run(settings.entrySet().stream()
                        .map(e -> "--" + e.getKey() + "=" + e.getValue())
                        .toArray(String[]::new));
        if (kafka == null) {
            kafka = new KafkaPeer(Broker.address(), topics());
        }
        return this;
    }

    private List<String> topics() {
        List<String> topics = new ArrayList<>(List.of(registrations(), outcomes(), deadLetter()));
        for (String tier : settings.get("authmail.retry.tiers").toString().split(",")) {
            topics.add(retry(tier));
        }
        return topics;
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

    @Override
    public void close() {
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
