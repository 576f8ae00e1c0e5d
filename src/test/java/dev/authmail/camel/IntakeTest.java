package dev.authmail.camel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.event.SourceRecord;
import dev.authmail.kafka.Gate;
import dev.authmail.kafka.InFlight;
import dev.authmail.kafka.TrackingConsumer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IntakeTest {
    private static final TopicPartition PARTITION = new TopicPartition("registrations", 0);
    private static final SourceRecord RECORD =
            new SourceRecord("registrations", 0, 7, Instant.EPOCH, null, new byte[0], List.of());

    private final TrackingConsumer<byte[], byte[]> before = consumer();
    private final TrackingConsumer<byte[], byte[]> after = consumer();

    @AfterEach
    void close() {
        before.close();
        after.close();
    }

    /** Otherwise the mail is broken off, and the record that was read again is done with it: the mail would be lost. */
    @Test
    void aRecordWhosePartitionCameBackIsStillDealtWith() {
        Intake first = new Intake(RECORD, before.ticket(PARTITION, 7), "receive");
        assertThat(first.isOurs()).isTrue();
        before.close();
        assertThat(first.isOurs()).as("the partition is gone").isFalse();

        Intake again = new Intake(RECORD, after.ticket(PARTITION, 7), "receive");
        again.follow(first);
        assertThat(first.isOurs()).as("it was read again here").isTrue();

        after.close();
        assertThat(first.isOurs()).as("and is gone again").isFalse();
    }

    /** It never reaches a broker. */
    private static TrackingConsumer<byte[], byte[]> consumer() {
        Properties properties = new Properties();
        properties.put("bootstrap.servers", "127.0.0.1:1");
        properties.put("group.id", "none");
        properties.put("enable.auto.commit", "false");
        properties.put("key.deserializer", ByteArrayDeserializer.class.getName());
        properties.put("value.deserializer", ByteArrayDeserializer.class.getName());
        return new TrackingConsumer<>(
                properties, new InFlight(10, 10), entry -> null, Gate.OPEN, Duration.ZERO, Clock.systemUTC());
    }
}
