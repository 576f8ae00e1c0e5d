package dev.authmail.trace;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.authmail.event.EventReader;
import dev.authmail.event.EventReading;
import dev.authmail.event.SourceRecord;
import dev.authmail.ledger.LedgerEntry;
import dev.authmail.outcome.OutcomeType;
import dev.authmail.outcome.ReportHeaders;
import dev.authmail.topics.TopicScan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Finds all records about one event. Each topic is read once, from a point in time to its end. */
public final class EventTrace {
    private static final JsonMapper JSON = new JsonMapper();

    private final TopicScan scan;
    private final EventReader reader;
    private final Topics topics;

    /**
     * Where to look.
     *
     * @param registrations where events come from
     * @param retry one for each tier
     * @param outcomes what became of the mails
     * @param deadLetter what will get no mail
     * @param ledger where each event stands
     */
    public record Topics(String registrations, List<String> retry, String outcomes, String deadLetter, String ledger) {}

    /**
     * @param scan reads topics
     * @param reader reads events, for their ids
     * @param topics where to look
     */
    public EventTrace(TopicScan scan, EventReader reader, Topics topics) {
        this.scan = scan;
        this.reader = reader;
        this.topics = topics;
    }

    /**
     * Everything about an event, the first thing first; empty when there is nothing.
     *
     * @param event its id, or the position of its record, {@code topic-partition@offset}
     * @param since what is older is not looked at
     */
    public List<Moment> of(String event, Instant since) {
        Search search = new Search(event);
        // What is known under a position is known under an id as well: outcomes tell which belongs to which.
        scan.read(topics.outcomes(), since, search::outcome);
        topics.retry().forEach(topic -> scan.read(topic, since, record -> search.letter("waits", record)));
        scan.read(topics.deadLetter(), since, record -> search.letter("dead-letter", record));
        scan.read(topics.registrations(), since, search::registration);
        scan.read(topics.ledger(), since, search::standing);
        return search.moments();
    }

    private final class Search {
        private final String event;
        private final Set<String> positions = new HashSet<>();
        private final List<Moment> found = new ArrayList<>();
        private @Nullable Moment standing;

        Search(String event) {
            this.event = event;
            positions.add(event);
        }

        void outcome(SourceRecord record) {
            JsonNode outcome = json(record.value());
            JsonNode data = outcome.path("data");
            if (isMeant(data.path("eventId").asString(""), data.path("source").asString(""))) {
                type(outcome.path("type").asString(""))
                        .ifPresent(word -> found.add(moment(word, record, Facts.ofOutcome(data))));
            }
        }

        void letter(String what, SourceRecord record) {
            if (isMeant(record.header(ReportHeaders.EVENT_ID), record.header(ReportHeaders.SOURCE))) {
                found.add(moment(what, record, Facts.ofHeaders(record)));
            }
        }

        private boolean isMeant(@Nullable String id, @Nullable String source) {
            boolean meant = event.equals(id) || source != null && positions.contains(source);
            if (meant && source != null) {
                positions.add(source);
            }
            return meant;
        }

        void registration(SourceRecord record) {
            EventReading reading = reader.read(record);
            // An event that was published twice has several records.
            if (positions.contains(record.position()) || id(reading).equals(event)) {
                found.add(moment("received", record, received(reading)));
            }
        }

        void standing(SourceRecord record) {
            byte[] key = record.key();
            if (key != null && event.equals(new String(key, UTF_8))) {
                standing = Optional.ofNullable(record.value())
                        .flatMap(LedgerEntry::fromJson)
                        .map(entry -> moment("stands", record, stands(entry)))
                        .orElse(null);
            }
        }

        List<Moment> moments() {
            found.sort(Comparator.comparing(Moment::at));
            if (standing != null) {
                found.add(standing);
            }
            return List.copyOf(found);
        }
    }

    private static Moment moment(String what, SourceRecord record, Map<String, String> facts) {
        return new Moment(record.timestamp(), what, record.position(), facts);
    }

    private static Optional<String> type(String type) {
        return Arrays.stream(OutcomeType.values())
                .map(OutcomeType::type)
                .filter(type::equals)
                .map(word -> word.substring(word.indexOf('.') + 1))
                .findFirst();
    }

    private static String id(EventReading reading) {
        return switch (reading) {
            case EventReading.Read read -> read.event().id().value();
            case EventReading.Refused refused -> refused.id().value();
        };
    }

    private static Map<String, String> received(EventReading reading) {
        Map<String, String> facts = new LinkedHashMap<>();
        switch (reading) {
            case EventReading.Read read -> {
                facts.put("eventId", read.event().id().value());
                facts.put("eventTime", read.event().time().toString());
                facts.put("purpose", read.event().purpose());
                facts.put("domain", read.event().email().domain().ascii());
            }
            case EventReading.Refused refused -> {
                facts.put("eventId", refused.id().value());
                facts.put("detail", refused.detail());
            }
        }
        return facts;
    }

    private static Map<String, String> stands(LedgerEntry entry) {
        return Map.of("state", entry.state().code(), "attempt", Integer.toString(entry.attempt()));
    }

    private static JsonNode json(byte @Nullable [] value) {
        try {
            return value == null ? JSON.missingNode() : JSON.readTree(value);
        } catch (JacksonException notJson) {
            return JSON.missingNode();
        }
    }
}
