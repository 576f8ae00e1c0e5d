package dev.authmail.mapping;

import org.jspecify.annotations.Nullable;

/** What a mapping made of a record. */
public sealed interface Mapped {
    /**
     * Somebody signed up.
     *
     * @param userId whom it concerns; the key of the registration
     * @param json a CloudEvent in structured mode
     */
    record Event(String userId, byte[] json) implements Mapped {}

    /**
     * A sign-up that needs no mail of ours.
     *
     * @param eventId CloudEvents {@code source|id} of what it would have been
     * @param userId whom it concerns; null if the record does not say
     * @param why in words
     */
    record Ignored(String eventId, @Nullable String userId, String why) implements Mapped {}

    /**
     * Not about a sign-up.
     *
     * @param why in words
     */
    record Skipped(String why) implements Mapped {}

    /**
     * Nothing that the mapping knows.
     *
     * @param detail which field or rule, without a word of the content
     */
    record Refused(String detail) implements Mapped {}
}
