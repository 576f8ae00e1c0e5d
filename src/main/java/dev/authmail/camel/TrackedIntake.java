package dev.authmail.camel;

import dev.authmail.event.Header;
import dev.authmail.event.SourceRecord;
import dev.authmail.kafka.TrackingConsumer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.component.kafka.consumer.CommitManager;
import org.apache.camel.component.kafka.consumer.KafkaManualCommit;
import org.apache.camel.component.kafka.consumer.KafkaManualCommitFactory;
import org.apache.camel.support.SynchronizationAdapter;
import org.apache.kafka.common.header.Headers;

/**
 * Camel's extension point for acknowledgement: gives each exchange its {@link Intake}, and has the offset marked done
 * when the exchange ends, whatever thread it ends on. So a route needs no step for it and cannot forget it.
 */
public final class TrackedIntake implements KafkaManualCommitFactory {
    private final Unfinished unfinished;

    /** @param unfinished takes care of exchanges that end without an outcome */
    public TrackedIntake(Unfinished unfinished) {
        this.unfinished = unfinished;
    }

    @Override
    public KafkaManualCommit newInstance(
            CamelExchangePayload payload, KafkaRecordPayload position, CommitManager commitManager) {
        var consumer = (TrackingConsumer<?, ?>) payload.consumer;
        var intake = new Intake(
                sourceOf(payload.exchange.getMessage()),
                consumer.ticket(position.partition, position.recordOffset),
                payload.exchange.getFromRouteId());
        intake.goWith(payload.exchange);
        payload.exchange.getExchangeExtension().addOnCompletion(new Acknowledge(intake, unfinished));
        return intake::done;
    }

    private static SourceRecord sourceOf(Message message) {
        return new SourceRecord(
                required(message, KafkaConstants.TOPIC, String.class),
                required(message, KafkaConstants.PARTITION, Integer.class),
                required(message, KafkaConstants.OFFSET, Long.class),
                Instant.ofEpochMilli(required(message, KafkaConstants.TIMESTAMP, Long.class)),
                message.getHeader(KafkaConstants.KEY, byte[].class),
                message.getBody(byte[].class),
                headersOf(required(message, KafkaConstants.HEADERS, Headers.class)));
    }

    /** camel-kafka sets these on every record. */
    private static <T> T required(Message message, String name, Class<T> type) {
        return Objects.requireNonNull(message.getHeader(name, type), name);
    }

    private static List<Header> headersOf(Headers headers) {
        List<Header> list = new ArrayList<>();
        headers.forEach(h -> list.add(new Header(h.key(), h.value())));
        return list;
    }

    /** Runs once, when the last copy that owns the completion is done. */
    private static final class Acknowledge extends SynchronizationAdapter {
        private final Intake intake;
        private final Unfinished unfinished;

        Acknowledge(Intake intake, Unfinished unfinished) {
            this.intake = intake;
            this.unfinished = unfinished;
        }

        @Override
        public void onDone(Exchange exchange) {
            Intake leader = intake.leader();
            if (leader != null) {
                leader.whenDone(() -> endWith(leader, exchange));
            } else if (intake.isRecorded() || unfinished.mayEndSilently(intake, exchange)) {
                intake.done();
            } else {
                unfinished.giveUp(intake, exchange);
            }
        }

        /** Who was followed may have been broken off, because its partition was gone, just before this one came. */
        private void endWith(Intake leader, Exchange exchange) {
            if (leader.isRecorded()) {
                intake.done();
            } else {
                unfinished.giveUp(intake, exchange);
            }
        }
    }
}
