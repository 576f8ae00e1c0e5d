package dev.authmail.testkit;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

/** A real Kafka broker in this JVM, started once for all tests that need one; topics keep them apart. */
public final class Broker {
    private static final EmbeddedKafkaKraftBroker KAFKA = start();

    private Broker() {}

    /** {@code host:port} for clients. */
    public static String address() {
        return KAFKA.getBrokersAsString();
    }

    private static EmbeddedKafkaKraftBroker start() {
        EmbeddedKafkaKraftBroker broker = new EmbeddedKafkaKraftBroker(1, 1);
        broker.brokerProperty("message.max.bytes", "40000000");
        broker.brokerProperty("group.initial.rebalance.delay.ms", "0");
        broker.brokerProperty("log.cleaner.dedupe.buffer.size", "2097152");
        broker.brokerProperty("offsets.topic.num.partitions", "1");
        broker.brokerProperty("auto.create.topics.enable", "false");
        startQuietly(broker);
        Runtime.getRuntime().addShutdownHook(new Thread(broker::destroy));
        return broker;
    }

    /** Kafka's formatter prints pages to standard output. */
    private static void startQuietly(EmbeddedKafkaKraftBroker broker) {
        PrintStream out = System.out;
        System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
        try {
            broker.afterPropertiesSet();
        } finally {
            System.setOut(out);
        }
    }
}
