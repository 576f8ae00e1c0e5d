package dev.authmail.topics;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes records one after the other, each acknowledged by all replicas before the next. */
public final class TopicWriter implements AutoCloseable {
    private static final int LEAST_BUFFER = 32 * 1024 * 1024;

    private final KafkaProducer<byte[], byte[]> producer;

    /**
     * @param client properties of a Kafka client; its {@code default.api.timeout.ms} is the limit for each write as well
     * @param largestRecord octets of the largest record
     */
    public TopicWriter(Map<String, Object> client, int largestRecord) {
        Map<String, Object> properties = new HashMap<>(client);
        properties.put("acks", "all");
        properties.put("enable.idempotence", "true");
        properties.put("max.request.size", Integer.toString(largestRecord));
        properties.put("buffer.memory", Long.toString(Math.max(LEAST_BUFFER, 2L * largestRecord)));
        properties.put("linger.ms", "0");
        Object limit = properties.remove("default.api.timeout.ms"); // producers do not have it
        if (limit != null) {
            properties.put("max.block.ms", limit);
            properties.put("delivery.timeout.ms", limit);
        }
        producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Writes one record and returns when Kafka has it; what Kafka refuses is thrown. */
    public void write(ProducerRecord<byte[], byte[]> record) {
        try {
            producer.send(record).get();
        } catch (InterruptedException e) {
            throw new InterruptException(e); // it sets the thread's flag again
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException refusal ? refusal : new KafkaException(e.getCause());
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
