package dev.authmail.event;

import dev.authmail.address.MailAddress;
import dev.authmail.address.ParsedAddress;
import dev.authmail.address.RecipientPolicy;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads an event in any of its three dresses: CloudEvents structured, CloudEvents binary, or the bare data object.
 * Thread-safe.
 *
 * <p>A name loses control characters and what exceeds 100 code points; a language tag that is none gives the default:
 * neither is worth a lost user. Everything else that breaks a rule refuses the event.
 */
public final class EventReader {
    /** How many octets a value may have unless told otherwise: 256 KiB. */
    public static final int DEFAULT_MAX_OCTETS = 256 * 1024;

    private static final String DEFAULT_PURPOSE = "verify-email";

    private final Locale defaultLocale;
    private final StrictJson json;
    private final EventSchema schema = new EventSchema();
    private final RecipientPolicy policy = new RecipientPolicy();

    /**
     * @param defaultLocale for events that ask for no language, or one that is none
     * @param maxOctets how many octets a value may have; a longer one is refused before it is looked at
     */
    public EventReader(Locale defaultLocale, int maxOctets) {
        if (maxOctets < 1) {
            throw new IllegalArgumentException("The largest event must have a size above 0 octets, not " + maxOctets);
        }
        this.defaultLocale = defaultLocale;
        this.json = new StrictJson(maxOctets);
    }

    /** Reads a record of the topic of registrations. */
    public EventReading read(SourceRecord record) {
        return read(record, null);
    }

    /**
     * Reads a record that keeps the timestamp of the first one.
     *
     * @param known the id the event got when it was first read; null if this is the first time
     */
    public EventReading read(SourceRecord record, @Nullable EventId known) {
        return read(record, known, null);
    }

    /**
     * Reads a retry record.
     *
     * @param known the id the event got when it was first read; null if this is the first time
     * @param firstTimestamp the timestamp of the first record; null if this record has it
     */
    public EventReading read(SourceRecord record, @Nullable EventId known, @Nullable Instant firstTimestamp) {
        var fallback = known == null ? new EventId(record.position()) : known;
        var value = record.value();
        if (value == null) {
            return invalid(fallback, "value: is missing (a tombstone)");
        }
        return switch (json.parse(value)) {
            case StrictJson.Parsed.Faulty(var rule) -> invalid(fallback, "value: " + rule);
            case StrictJson.Parsed.Json(var object) -> {
                var envelope = EventEnvelope.of(record, object);
                var id = known == null ? envelope.id().orElse(fallback) : known;
                var time = firstTimestamp == null ? record.timestamp() : firstTimestamp;
                yield check(envelope, id, time);
            }
        };
    }

    /**
     * Whom a record is about, if it says so; for erasure. The record need not be a valid event, nor an event at all: in an
     * outcome the subject is the user.
     */
    public Optional<String> userId(SourceRecord record) {
        var value = record.value();
        if (value == null || !(json.parse(value) instanceof StrictJson.Parsed.Json(var object))) {
            return Optional.empty();
        }
        var envelope = EventEnvelope.of(record, object);
        return Optional.ofNullable(EventEnvelope.text(envelope.data(), "userId"))
                .or(() -> Optional.ofNullable(envelope.attribute("subject")));
    }

    private EventReading check(EventEnvelope envelope, EventId id, Instant recorded) {
        var fault = schema.fault(envelope);
        if (fault.isPresent()) {
            return invalid(id, fault.get());
        }
        return switch (policy.parse(required(envelope.data(), "email"))) {
            case ParsedAddress.Invalid(var rule) ->
                new EventReading.Refused(
                        id, EventReading.Reason.INVALID_ADDRESS, required(envelope.data(), "userId"), "email: " + rule);
            case ParsedAddress.Valid(var address) -> new EventReading.Read(event(envelope, id, address, recorded));
        };
    }

    private RegistrationEvent event(EventEnvelope envelope, EventId id, MailAddress address, Instant recorded) {
        var data = envelope.data();
        return new RegistrationEvent(
                id,
                kind(envelope.attribute("type")),
                required(data, "userId"),
                address,
                required(data, "email"),
                PersonalFields.name(EventEnvelope.text(data, "name")),
                PersonalFields.locale(EventEnvelope.text(data, "locale"), defaultLocale),
                Objects.requireNonNullElse(EventEnvelope.text(data, "purpose"), DEFAULT_PURPOSE),
                EventEnvelope.text(data, "continueTo"),
                data.path("addressConfirmed").booleanValue(false),
                EventTime.of(envelope.attribute("time"), recorded));
    }

    private static RegistrationEvent.Kind kind(@Nullable String type) {
        return type != null && type.endsWith("cancelled")
                ? RegistrationEvent.Kind.CANCELLED
                : RegistrationEvent.Kind.REGISTERED;
    }

    private static String required(ObjectNode data, String name) {
        return Objects.requireNonNull(EventEnvelope.text(data, name), name);
    }

    private static EventReading invalid(EventId id, String detail) {
        return new EventReading.Refused(id, EventReading.Reason.INVALID_EVENT, null, detail);
    }
}
