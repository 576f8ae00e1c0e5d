package dev.authmail.camel;

import dev.authmail.delivery.RetrySchedule.Tier;
import dev.authmail.kafka.NotBefore;
import dev.authmail.outcome.ReportHeaders;
import dev.authmail.outcome.RetryHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** The retry topics, one for each tier, and when a record on them is due. */
public final class RetryTopics implements NotBefore {
    private static final Duration CLOCKS_MAY_DIFFER = Duration.ofMinutes(1);

    private final String prefix;
    private final Map<String, Tier> tiers = new LinkedHashMap<>();
    private final Clock clock;

    /**
     * @param prefix of the names, such as {@code authmail.retry}
     * @param tiers the tiers, the shortest first
     * @param clock tells what is due
     */
    public RetryTopics(String prefix, List<Tier> tiers, Clock clock) {
        this.prefix = prefix;
        this.clock = clock;
        tiers.forEach(tier -> this.tiers.put(name(tier), tier));
    }

    /** The topic of a tier. */
    public String name(Tier tier) {
        return prefix + "." + tier.name();
    }

    /** All names, the shortest delay first. */
    public List<String> names() {
        return List.copyOf(tiers.keySet());
    }

    /** Whether this is a retry topic, also one of a tier that is no longer in the settings. */
    public boolean contains(String topic) {
        return topic.startsWith(prefix + ".");
    }

    /**
     * What {@code authmail-not-before} says, at most the tier's delay after the record was written: a damaged header
     * must not park a partition. The limit does not move with the clock, or it would never come.
     */
    @Override
    public @Nullable Instant of(ConsumerRecord<?, ?> record) {
        Tier tier = tiers.get(record.topic());
        Header header = record.headers().lastHeader(ReportHeaders.NOT_BEFORE);
        if (tier == null || header == null || header.value() == null) {
            return null;
        }
        Instant latest = Instant.ofEpochMilli(record.timestamp()).plus(tier.delay());
        return RetryHeaders.instant(new String(header.value(), StandardCharsets.UTF_8))
                .map(due -> due.isAfter(latest) ? latest : due)
                .filter(due -> !isForged(due, tier))
                .orElse(null);
    }

    /** Only a timestamp from the future leads beyond now plus the tier, but for clocks that differ a little. */
    private boolean isForged(Instant due, Tier tier) {
        return due.isAfter(clock.instant().plus(tier.delay()).plus(CLOCKS_MAY_DIFFER));
    }
}
