package dev.authmail.config;

import dev.authmail.camel.RetryTopics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sees to it that every topic exists before a route needs it: creates what is missing when it may, else says what. */
final class TopicsAtStart {
    private static final Logger LOG = LoggerFactory.getLogger(TopicsAtStart.class);
    private static final Duration WEEK = Duration.ofDays(7);

    private final AuthmailSettings settings;
    private final Map<String, Duration> retention = new LinkedHashMap<>();

    TopicsAtStart(AuthmailSettings settings, RetryTopics retryTopics) {
        this.settings = settings;
        AuthmailSettings.Topics topics = settings.topics();
        retention.put(topics.registrations(), WEEK);
        retryTopics.names().forEach(name -> retention.put(name, WEEK));
        retention.put(topics.outcomes(), WEEK);
        retention.put(topics.deadLetter(), WEEK.multipliedBy(2));
        retention.put(topics.ledger(), WEEK.multipliedBy(2));
        retention.put(topics.state(), WEEK);
    }

    void ensure() {
        try (Admin admin = Admin.create(KafkaClients.impatient(settings.kafka()))) {
            Set<String> missing = new TreeSet<>(retention.keySet());
            missing.removeAll(admin.listTopics().names().get());
            if (missing.isEmpty()) {
                return;
            }
            if (!settings.topics().create()) {
                throw new SettingsException(
                        "authmail.topics.create",
                        "is false, and Kafka lacks the topics " + String.join(", ", missing)
                                + "; create them, or set it to true");
            }
            create(admin, missing);
        } catch (ExecutionException e) {
            throw unreachable(e);
        } catch (KafkaException e) {
            throw noClient(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable(e);
        }
    }

    private void create(Admin admin, Set<String> missing) throws ExecutionException, InterruptedException {
        List<NewTopic> topics = new ArrayList<>();
        missing.forEach(name -> topics.add(topic(name)));
        try {
            admin.createTopics(topics).all().get();
            LOG.info("topics created: {}", String.join(", ", missing));
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) { // another replica was faster
                throw e;
            }
        }
    }

    private NewTopic topic(String name) {
        short factor = settings.topics().replicationFactor();
        Map<String, String> configuration = new HashMap<>();
        configuration.put(
                "retention.ms",
                Long.toString(
                        Optional.ofNullable(retention.get(name)).orElse(WEEK).toMillis()));
        configuration.put(
                "max.message.bytes",
                Long.toString(settings.kafka().maxRecordSize().toBytes() + 64 * 1024));
        if (name.equals(settings.topics().ledger())) {
            // One entry an event is enough, and none after its time.
            configuration.put("cleanup.policy", "compact,delete");
        } else if (name.equals(settings.topics().state())) {
            configuration.put("cleanup.policy", "compact");
        }
        return new NewTopic(
                        name,
                        Optional.of(settings.topics().partitions()),
                        factor < 1 ? Optional.empty() : Optional.of(factor))
                .configs(configuration);
    }

    /** Not one of the brokers has a name that resolves, or a property of the client is wrong. */
    private static SettingsException noClient(KafkaException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return new SettingsException(
                "authmail.kafka.brokers",
                "Kafka's client cannot start: " + cause.getMessage()
                        + "; mend the brokers (host:port), or authmail.kafka.properties");
    }

    private SettingsException unreachable(Exception e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return new SettingsException(
                "authmail.kafka.brokers",
                "no answer from " + settings.kafka().brokers() + ": "
                        + cause.getClass().getSimpleName() + ", " + cause.getMessage()
                        + "; is a broker up and reachable from here, with what authmail.kafka.properties say of"
                        + " security?");
    }
}
