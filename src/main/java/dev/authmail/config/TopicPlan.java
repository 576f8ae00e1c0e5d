package dev.authmail.config;

import dev.authmail.topics.TopicSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Every topic that authmail needs, and how it should be: the one place that says so. */
final class TopicPlan {
    private static final Duration WEEK = Duration.ofDays(7);
    /** How long the ledger knows an event, for a bounce that comes late. */
    static final Duration TWO_WEEKS = Duration.ofDays(14);

    private static final Duration MONTH = Duration.ofDays(31);
    private static final boolean COMPACTED = true;
    private static final int KEY_AND_HEADERS = 64 * 1024;

    private final AuthmailSettings settings;

    private TopicPlan(AuthmailSettings settings) {
        this.settings = settings;
    }

    /** @param retry names of the retry topics */
    static List<TopicSpec> of(AuthmailSettings settings, List<String> retry) {
        return new TopicPlan(settings).topics(retry);
    }

    private List<TopicSpec> topics(List<String> retry) {
        AuthmailSettings.Topics names = settings.topics();
        List<TopicSpec> topics = new ArrayList<>();
        topics.add(topic(names.registrations(), WEEK, !COMPACTED));
        optional().forEach(name -> topics.add(topic(name, WEEK, !COMPACTED)));
        retry.forEach(name -> topics.add(topic(name, WEEK, !COMPACTED)));
        topics.add(topic(names.outcomes(), WEEK, !COMPACTED));
        topics.add(topic(names.deadLetter(), TWO_WEEKS, !COMPACTED));
        // One entry an event is enough, and none after its time.
        topics.add(topic(names.ledger(), TWO_WEEKS, COMPACTED));
        // Entries end by themselves, but the topic does not know when.
        topics.add(topic(names.suppressions(), null, COMPACTED));
        topics.add(topic(names.findings(), TWO_WEEKS, !COMPACTED));
        topics.add(topic(names.reports(), MONTH, !COMPACTED));
        topics.add(topic(names.quarantine(), TWO_WEEKS, !COMPACTED));
        topics.add(topic(names.state(), null, COMPACTED));
        return topics;
    }

    /** What optional routes read and write, when they are on. */
    private List<String> optional() {
        List<String> names = new ArrayList<>();
        if (settings.routes().optional().contains("keycloak")) {
            names.add(settings.adapters().keycloakTopic());
        }
        if (settings.routes().optional().contains("landing-page")) {
            names.add(settings.topics().verified());
        }
        if (settings.routes().optional().contains("debezium")) {
            names.add(settings.adapters().debeziumTopic());
        }
        return names;
    }

    private TopicSpec topic(String name, @Nullable Duration retention, boolean compacted) {
        short factor = settings.topics().replicationFactor();
        return new TopicSpec(
                name,
                settings.topics().partitions(),
                factor < 1 ? null : factor,
                retention,
                compacted,
                largestRecord(settings.kafka()));
    }

    /** Octets of the largest record: its value, and what comes on top of it. */
    static int largestRecord(AuthmailSettings.Kafka kafka) {
        return Math.toIntExact(kafka.maxRecordSize().toBytes()) + KEY_AND_HEADERS;
    }
}
