package dev.authmail.traffic;

import org.jspecify.annotations.Nullable;

/** Writes to the state topic, which every replica follows. Returns at once. */
@FunctionalInterface
public interface SharedState {
    /**
     * Writes a record.
     *
     * @param key the record's
     * @param value the record's; null removes it
     * @param failed runs when it could not be written
     */
    void write(String key, byte @Nullable [] value, Runnable failed);
}
