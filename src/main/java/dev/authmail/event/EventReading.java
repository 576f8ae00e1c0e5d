package dev.authmail.event;

import org.jspecify.annotations.Nullable;

/** What became of a record that should be an event. */
public sealed interface EventReading {
    /**
     * It is an event.
     *
     * @param event the event, checked
     */
    record Read(RegistrationEvent event) implements EventReading {}

    /**
     * It goes to the dead-letter topic at once.
     *
     * @param id the event's own id if it can be read, else the position of the record
     * @param reason which kind of fault
     * @param userId whom it concerns; null when the event breaks its contract, for then nothing in it is sure
     * @param detail the field and the rule it breaks, for an operator; holds no address and no name
     */
    record Refused(EventId id, Reason reason, @Nullable String userId, String detail) implements EventReading {}

    /** Which kind of fault an event has. */
    enum Reason {
        /** It cannot be read, or a field is missing or wrong. */
        INVALID_EVENT,
        /** Everything is well but the address. */
        INVALID_ADDRESS
    }
}
