package dev.authmail.camel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.event.Header;
import dev.authmail.event.SourceRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.camel.Message;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.impl.engine.HashMapHeadersMapFactory;
import org.apache.camel.support.DefaultMessage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventRecordTest {
    private final Message message = message();

    @Test
    void valueKeyAndForeignHeadersAreCarriedByteForByte() {
        byte[] value = {0, (byte) 0xff, 13, 10};
        byte[] odd = {(byte) 0xc3, 0x28};
        message.setHeader("left", "over");

        EventRecord.write(message, record(value, "k", header("odd", odd)), Map.of("authmail-reason", "failed"));

        assertThat(message.getBody()).isEqualTo(value);
        assertThat(message.getHeaders())
                .containsOnlyKeys(KafkaConstants.KEY, "odd", "authmail-reason")
                .containsEntry(KafkaConstants.KEY, "k".getBytes(UTF_8))
                .containsEntry("odd", odd);
    }

    @Test
    void aRecordWithoutKeyAndValueStaysSo() {
        EventRecord.write(message, record(null, null), Map.of());

        assertThat(message.getBody()).isNull();
        assertThat(message.getHeaders()).isEmpty();
    }

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource(textBlock = """
            traceparent,             true,  a stranger's
            Content-Type,            true,  in its own case
            camera,                  true,  begins almost as Camel's do
            authmailing,             true,  begins almost as ours do
            CamelKafkaOverrideTopic, false, would choose the topic
            camelkafkakey,           false, in another case
            kafka.KEY,               false, the old name of the key
            KAFKA.TOPIC,             false, the same in capitals
            authmail-attempts,       false, ours
            AUTHMAIL-PINNED-HOP,     false, ours in capitals
            """)
    void reservedNamesAreNotCarried(String name, boolean carried, String reason) {
        EventRecord.write(message, record(null, null, header(name, "x")), Map.of());

        assertThat(message.getHeaders().containsKey(name)).as(reason).isEqualTo(carried);
    }

    @Test
    void ofARepeatedHeaderTheLastIsCarried() {
        EventRecord.write(message, record(null, null, header("a", "1"), header("A", "2"), header("a", "3")), Map.of());

        assertThat(message.getHeaders()).containsOnlyKeys("a", "A").containsEntry("a", "3".getBytes(UTF_8));
    }

    @Test
    void aHeaderWithoutAValueIsLeftOut() {
        EventRecord.write(message, record(null, null, new Header("a", null)), Map.of());

        assertThat(message.getHeaders()).isEmpty();
    }

    @Test
    void sixtyFourForeignHeadersAreCarried() {
        EventRecord.write(message, record(null, null, many(70)), Map.of("authmail-reason", "failed"));

        assertThat(message.getHeaders()).hasSize(65).containsKeys("h0", "h63", "authmail-reason");
    }

    @ParameterizedTest(name = "{0} octets: {2}")
    @CsvSource(textBlock = """
            16384, true,  the most
            16385, false, one more
            """)
    void sixteenKibibytesAreCarried(int octets, boolean carried, String reason) {
        // The name counts in octets, and あ has three.
        EventRecord.write(message, record(null, null, header("あ", "x".repeat(octets - 3))), Map.of());

        assertThat(message.getHeaders().containsKey("あ")).as(reason).isEqualTo(carried);
    }

    @Test
    void aHeaderThatIsTooLargeTakesNoOtherWithIt() {
        EventRecord.write(
                message, record(null, null, header("large", "x".repeat(17_000)), header("small", "1")), Map.of());

        assertThat(message.getHeaders()).containsOnlyKeys("small");
    }

    /** A retry record is read again: without its ce_ headers it would be another event. */
    @Test
    void theHeadersThatMakeTheEventGoBeforeAllOthers() {
        List<Header> headers = new ArrayList<>(List.of(many(100)));
        headers.add(header("ce_type", "user.cancelled"));
        headers.add(header("content-type", "application/json"));

        EventRecord.write(message, record(null, null, headers.toArray(Header[]::new)), Map.of());

        assertThat(message.getHeaders()).hasSize(64).containsKeys("ce_type", "content-type", "h0");
    }

    private static Header[] many(int count) {
        return IntStream.range(0, count).mapToObj(i -> header("h" + i, "x")).toArray(Header[]::new);
    }

    private static Header header(String name, String value) {
        return header(name, value.getBytes(UTF_8));
    }

    private static Header header(String name, byte[] value) {
        return new Header(name, value);
    }

    private static SourceRecord record(byte @Nullable [] value, @Nullable String key, Header... headers) {
        return new SourceRecord(
                "registrations",
                0,
                7,
                Instant.EPOCH,
                key == null ? null : key.getBytes(UTF_8),
                value,
                List.of(headers));
    }

    /** With names in their own case, as the service has it. */
    private static Message message() {
        var context = new DefaultCamelContext();
        context.getCamelContextExtension().setHeadersMapFactory(new HashMapHeadersMapFactory());
        return new DefaultMessage(context);
    }
}
