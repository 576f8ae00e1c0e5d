package dev.authmail.event;

import java.util.Optional;

/**
 * Names one event for ever, over redelivery, retry and replay.
 *
 * @param value CloudEvents {@code source|id}, the bare object's {@code id}, or {@code topic-partition@offset}
 */
public record EventId(String value) {
    /** Twice what the schema allows a source and an id, with every | in the source escaped. */
    private static final int MAX_CHARS = 1100;

    /**
     * The identity of a CloudEvent. CloudEvents 1.0 §Required attributes: source and id together are unique.
     *
     * @param source its context; a | in it is written %7C, so that two pairs never give one value
     * @param id unique within the source
     */
    public static EventId cloudEvent(String source, String id) {
        return new EventId(source.replace("|", "%7C") + "|" + id);
    }

    /** An id that came back in a header; empty if authmail cannot have written it. */
    public static Optional<EventId> parse(String text) {
        return isPlain(text) && text.length() <= MAX_CHARS ? Optional.of(new EventId(text)) : Optional.empty();
    }

    static boolean isPlain(String text) {
        return !text.isEmpty() && text.codePoints().noneMatch(EventId::isLineOrControl);
    }

    private static boolean isLineOrControl(int c) {
        return Character.isISOControl(c) || c == 0x2028 || c == 0x2029 || Character.getType(c) == Character.SURROGATE;
    }

    /** The sixteen octets that stand for this id where it cannot stand itself. */
    public EventFingerprint fingerprint() {
        return EventFingerprint.of(this);
    }

    @Override
    public String toString() {
        return value;
    }
}
