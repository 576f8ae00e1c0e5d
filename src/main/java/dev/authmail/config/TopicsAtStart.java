package dev.authmail.config;

import dev.authmail.topics.KafkaTrouble;
import dev.authmail.topics.TopicAdmin;
import dev.authmail.topics.TopicSpec;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sees to it that every topic exists before a route needs it: creates what is missing when it may, else says what. */
final class TopicsAtStart {
    private static final Logger LOG = LoggerFactory.getLogger(TopicsAtStart.class);

    private final AuthmailSettings settings;
    private final List<TopicSpec> topics;

    /** @param retry names of the retry topics */
    TopicsAtStart(AuthmailSettings settings, List<String> retry) {
        this.settings = settings;
        this.topics = TopicPlan.of(settings, retry);
    }

    void ensure() {
        try (TopicAdmin admin = new TopicAdmin(KafkaClients.impatient(settings.kafka()))) {
            List<TopicSpec> missing = admin.missing(topics);
            if (missing.isEmpty()) {
                return;
            }
            if (!settings.topics().create()) {
                String names = missing.stream().map(TopicSpec::name).sorted().collect(Collectors.joining(", "));
                throw new SettingsException(
                        "authmail.topics.create",
                        "is false, and Kafka lacks the topics " + names
                                + "; create them (authmail topics create), or set it to true");
            }
            LOG.info("topics created: {}", String.join(", ", admin.create(missing)));
        } catch (KafkaException trouble) {
            throw new SettingsException(
                    "authmail.kafka.brokers",
                    KafkaTrouble.sentence(trouble, settings.kafka().brokers()));
        }
    }
}
