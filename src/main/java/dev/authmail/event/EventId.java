package dev.authmail.event;

/**
 * Names one event for ever, over redelivery, retry and replay.
 *
 * @param value CloudEvents {@code source|id}, the bare object's {@code id}, or {@code topic-partition@offset}
 */
public record EventId(String value) {
    @Override
    public String toString() {
        return value;
    }
}
