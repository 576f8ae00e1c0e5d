package dev.authmail.bench;

import dev.authmail.testkit.JavaProcess;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** {@link PlainCamel} in a process of its own. */
final class PlainContestant implements Contestant {
    /** It connects for each mail, and is given so much less, so that its trials do not last for ever. */
    private static final int SLOWER = 10;

    private final JavaProcess process;
    private final KafkaProducer<byte[], byte[]> producer;
    private final OutcomeCount outcomes;
    private final IntFunction<String> domains;

    PlainContestant(int connections, String brokers, SinkProcess sink, Path folder, IntFunction<String> domains) {
        this.domains = domains;
        makeTopics(brokers, connections);
        process = JavaProcess.start(
                        folder,
                        "plain",
                        Map.of(),
                        List.of(
                                "-Xmx256m",
                                "-XX:+UseSerialGC",
                                "-cp",
                                JavaProcess.classPath(),
                                PlainCamel.class.getName(),
                                brokers,
                                Integer.toString(connections),
                                Integer.toString(sink.port),
                                sink.authority.toString(),
                                folder.resolve("keys").toString()))
                .awaitOut(PlainCamel.STARTED, Duration.ofSeconds(120));
        outcomes = new OutcomeCount(brokers, PlainCamel.OUTCOMES);
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", brokers, "linger.ms", "1"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** As many partitions as threads, so that each has something to do. */
    private static void makeTopics(String brokers, int partitions) {
        List<NewTopic> topics = List.of(
                new NewTopic(PlainCamel.REGISTRATIONS, partitions, (short) 1),
                new NewTopic(PlainCamel.OUTCOMES, partitions, (short) 1));
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers))) {
            admin.createTopics(topics).all().get(30, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String name() {
        return "plain Camel";
    }

    @Override
    public void publish(int first, int count) {
        for (int number = first; number < first + count; number++) {
            byte[] key = ("u-" + number).getBytes(StandardCharsets.UTF_8);
            producer.send(new ProducerRecord<>(PlainCamel.REGISTRATIONS, key, Registrations.event(number, domains)));
        }
        producer.flush();
    }

    @Override
    public long done() {
        return outcomes.accepted();
    }

    @Override
    public long pid() {
        return process.pid();
    }

    @Override
    public int share(int mails) {
        return Math.max(100, mails / SLOWER);
    }

    @Override
    public void close() {
        producer.close();
        outcomes.close();
        process.close();
    }
}
