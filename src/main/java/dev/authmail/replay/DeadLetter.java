package dev.authmail.replay;

import dev.authmail.delivery.Fault;
import dev.authmail.delivery.Reason;
import dev.authmail.event.EventId;
import dev.authmail.event.SourceRecord;
import dev.authmail.outcome.ReportHeaders;
import dev.authmail.replay.ReplayPlan.Position;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the headers of a dead letter say, checked; what cannot be read is null.
 *
 * @param position where it stands
 * @param at when it was written
 * @param event which event died
 * @param reason why
 * @param fault whose fault it was
 * @param host the host that was talked to last, lower case
 * @param source the topic of the event's first record
 * @param hasValue whether the event is in it
 */
record DeadLetter(
        Position position,
        Instant at,
        @Nullable EventId event,
        @Nullable Reason reason,
        @Nullable Fault fault,
        @Nullable String host,
        @Nullable String source,
        boolean hasValue) {
    private static final int MOST_CHARS = 4096;

    static DeadLetter of(SourceRecord record) {
        return new DeadLetter(
                position(record),
                record.timestamp(),
                text(record, ReportHeaders.EVENT_ID).flatMap(EventId::parse).orElse(null),
                text(record, ReportHeaders.REASON).flatMap(Reason::fromCode).orElse(null),
                text(record, ReportHeaders.FAULT).flatMap(Fault::fromCode).orElse(null),
                text(record, ReportHeaders.NEXT_HOP).map(DeadLetter::host).orElse(null),
                text(record, ReportHeaders.SOURCE).map(DeadLetter::topic).orElse(null),
                record.valueSize() > 0);
    }

    static Position position(SourceRecord record) {
        return new Position(record.partition(), record.offset());
    }

    /** The name in {@code host[address]:port}. */
    private static String host(String nextHop) {
        return nextHop.split("[\\[\\s:]", 2)[0].toLowerCase(Locale.ROOT);
    }

    /** The topic in {@code topic-partition@offset}. */
    private static String topic(String position) {
        return position.replaceFirst("-\\d+@\\d+$", "");
    }

    /** The last header of that name, unless it is of a size that authmail never writes. */
    static Optional<String> text(SourceRecord record, String name) {
        return Optional.ofNullable(record.header(name)).filter(text -> text.length() <= MOST_CHARS);
    }

    /**
     * What keeps it from being replayed, by what it says itself.
     *
     * @param adapters where adapters take events of other systems
     */
    Optional<Hindrance> hindrance(Selection selection, Set<String> adapters) {
        if (event == null || reason == null) {
            return Optional.of(Hindrance.FOREIGN);
        }
        if (reason == Reason.BOUNCED || reason == Reason.COMPLAINED) {
            return Optional.of(Hindrance.BOUNCE);
        }
        if (!hasValue) {
            return Optional.of(Hindrance.NO_VALUE);
        }
        if (source != null && adapters.contains(source)) {
            return Optional.of(Hindrance.ADAPTED);
        }
        // A replay passes the guard that refused what is limited.
        boolean toBeNamed = Hindrance.SAME_END.contains(reason) || reason == Reason.LIMITED;
        boolean named = selection.reasons().contains(reason);
        return toBeNamed && !named ? Optional.of(Hindrance.NEEDS_REASON) : Optional.empty();
    }
}
