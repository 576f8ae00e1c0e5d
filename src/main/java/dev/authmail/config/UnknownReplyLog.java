package dev.authmail.config;

import dev.authmail.delivery.UnknownReplies;
import dev.authmail.delivery.UnknownReply;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts replies that no rule knows, and logs each kind once, so that a rule can be written. */
final class UnknownReplyLog implements Consumer<UnknownReply> {
    private static final Logger LOG = LoggerFactory.getLogger(UnknownReplyLog.class);
    // A hostile server can invent kinds without end.
    private static final int MAX_LINES = 1_000;

    private final UnknownReplies list;
    private final MeterRegistry meters;
    private final AtomicInteger lines = new AtomicInteger();

    UnknownReplyLog(UnknownReplies list, MeterRegistry meters) {
        this.list = list;
        this.meters = meters;
    }

    @Override
    public void accept(UnknownReply reply) {
        String route = word(reply.route());
        String phase = word(reply.phase());
        Counter.builder("authmail.replies.unknown")
                .description("Deciding replies that no rule knows")
                .tag("route", route)
                .tag("phase", phase)
                .tag("code", reply.code() / 100 + "yz")
                .register(meters)
                .increment();
        if (list.isNew(reply) && lines.incrementAndGet() <= MAX_LINES) {
            LOG.info(
                    "No rule knows this reply of {} ({}, {}): {} {}",
                    reply.provider().key(),
                    route,
                    phase,
                    reply.code(),
                    reply.text());
        }
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
