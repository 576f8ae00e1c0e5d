package dev.authmail.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

/** No broker is there: an open producer waits for one in vain, a closed one does not wait. */
class SharedProducersTest {
    private final SharedProducers producers = new SharedProducers();

    @Test
    void whoAsksForTheSameGetsTheSame() {
        try (Producer<?, ?> first = producers.with(properties(Map.of()));
                Producer<?, ?> second = producers.with(properties(Map.of()));
                Producer<?, ?> other = producers.with(properties(Map.of("linger.ms", "7")))) {
            assertThat(second).isSameAs(first);
            assertThat(other).isNotSameAs(first);
        }
    }

    @Test
    void itIsOpenUntilAllHaveClosedIt() {
        Producer<?, ?> first = producers.with(properties(Map.of()));
        Producer<?, ?> second = producers.with(properties(Map.of()));

        first.close();
        assertThatThrownBy(() -> second.partitionsFor("t")).isInstanceOf(TimeoutException.class);
        second.close(Duration.ZERO);
        assertThatThrownBy(() -> second.partitionsFor("t")).hasMessageContaining("after close");
    }

    @Test
    void whoComesAfterThatGetsANewOne() {
        Producer<?, ?> closed = producers.with(properties(Map.of()));
        closed.close();

        try (Producer<?, ?> next = producers.with(properties(Map.of()))) {
            assertThat(next).isNotSameAs(closed);
            assertThatThrownBy(() -> next.partitionsFor("t")).isInstanceOf(TimeoutException.class);
        }
    }

    @Test
    void aTransactionIsNotShared() {
        try (Producer<?, ?> first = producers.with(properties(Map.of("transactional.id", "a")));
                Producer<?, ?> second = producers.with(properties(Map.of("transactional.id", "a")))) {
            assertThat(second).isNotSameAs(first);
        }
    }

    private static Properties properties(Map<String, String> more) {
        Properties properties = new Properties();
        properties.put("bootstrap.servers", "127.0.0.1:9");
        properties.put("key.serializer", ByteArraySerializer.class.getName());
        properties.put("value.serializer", ByteArraySerializer.class.getName());
        properties.put("max.block.ms", "1");
        properties.putAll(more);
        return properties;
    }
}
