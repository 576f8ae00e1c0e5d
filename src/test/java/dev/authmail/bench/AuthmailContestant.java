package dev.authmail.bench;

import dev.authmail.testkit.JavaProcess;
import dev.authmail.testkit.TestKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The packaged service, with topics of its own. */
final class AuthmailContestant implements Contestant {
    private static final Path JAR = Path.of(System.getProperty("authmail.jar", "target/authmail.jar"));
    private static final Duration START = Duration.ofSeconds(120);
    private static final AtomicInteger STARTED = new AtomicInteger();

    private final String name;
    private final JavaProcess process;
    private final KafkaProducer<byte[], byte[]> producer;
    private final OutcomeCount outcomes;
    private final IntFunction<String> domains;
    private final String topic;

    /** What differs from one to another. */
    record Setup(int connections, List<String> jvm, Map<String, String> settings) {}

    AuthmailContestant(Setup setup, String brokers, SinkProcess sink, Path folder, IntFunction<String> domains) {
        this.name = "authmail-" + STARTED.incrementAndGet();
        this.domains = domains;
        this.topic = name + ".registrations";
        List<String> arguments = new ArrayList<>(setup.jvm());
        arguments.addAll(List.of("-jar", JAR.toAbsolutePath().toString()));
        Map<String, String> settings = settings(brokers, sink, TestKeys.in(folder.resolve("keys")), setup);
        settings.putAll(setup.settings());
        settings.forEach((key, value) -> arguments.add("--" + key + "=" + value));
        process = JavaProcess.start(folder, name, Map.of(), arguments).awaitOut("Started Authmail", START);
        outcomes = new OutcomeCount(brokers, name + ".outcomes");
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", brokers, "linger.ms", "1"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    private Map<String, String> settings(String brokers, SinkProcess sink, TestKeys keys, Setup setup) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "authmail.kafka.brokers",
                brokers,
                "authmail.kafka.group",
                name,
                "authmail.link.origin",
                "https://app.bench.test",
                "authmail.link.keys",
                keys.urlKeys().toString(),
                "authmail.mail.from",
                "no-reply@sender.test",
                "authmail.mail.from-name",
                "Example",
                "authmail.mail.product",
                "Example",
                "authmail.mail.envelope-keys",
                keys.envelopeKeys().toString()));
        for (String topic : List.of("registrations", "retry", "outcomes", "dead-letter", "ledger", "state")) {
            settings.put("authmail.topics." + topic, name + "." + topic);
        }
        settings.put("authmail.dkim.keys[0].selector", "rsa");
        settings.put("authmail.dkim.keys[0].algorithm", "rsa");
        settings.put("authmail.dkim.keys[0].file", keys.rsaFile().toString());
        settings.put("authmail.relays.relay.host", "localhost");
        settings.put("authmail.relays.relay.port", Integer.toString(sink.port));
        settings.put("authmail.smtp.ca-bundle", sink.authority.toString());
        settings.put("authmail.smtp.ehlo-name", "mail.sender.test");
        settings.put("authmail.smtp.max-connections-per-server", Integer.toString(setup.connections()));
        settings.put("management.server.port", Integer.toString(freePort()));
        return settings;
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String name() {
        return "authmail";
    }

    @Override
    public void publish(int first, int count) {
        publish(first, count, domains);
    }

    void publish(int first, int count, IntFunction<String> recipients) {
        for (int number = first; number < first + count; number++) {
            publish(number, recipients);
        }
        producer.flush();
    }

    /** Hands one event over, without waiting. */
    void publish(int number) {
        publish(number, domains);
    }

    private void publish(int number, IntFunction<String> recipients) {
        byte[] key = ("u-" + number).getBytes(StandardCharsets.UTF_8);
        producer.send(new ProducerRecord<>(topic, key, Registrations.event(number, recipients)));
    }

    @Override
    public long done() {
        return outcomes.accepted();
    }

    OutcomeCount outcomes() {
        return outcomes;
    }

    @Override
    public long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        producer.close();
        outcomes.close();
        process.terminate(Duration.ofSeconds(60));
    }
}
