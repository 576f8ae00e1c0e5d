package dev.authmail.topics;

import dev.authmail.topics.TopicState.Found;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.jspecify.annotations.Nullable;

/** Looks at topics and creates what is missing. What Kafka refuses comes as a {@link KafkaException}. */
public final class TopicAdmin implements AutoCloseable {
    private final Admin admin;

    /** @param client properties of a Kafka client */
    public TopicAdmin(Map<String, Object> client) {
        admin = Admin.create(client);
    }

    /** Those that are missing, in the order given. */
    public List<TopicSpec> missing(Collection<TopicSpec> wanted) {
        Set<String> names = await(admin.listTopics().names());
        return wanted.stream().filter(topic -> !names.contains(topic.name())).toList();
    }

    /** Each as it should be and as it is, in the order given. */
    public List<TopicState> look(Collection<TopicSpec> wanted) {
        Set<String> missing = missing(wanted).stream().map(TopicSpec::name).collect(Collectors.toSet());
        List<String> present = wanted.stream()
                .map(TopicSpec::name)
                .filter(name -> !missing.contains(name))
                .toList();
        Map<String, Found> found = find(present);
        return wanted.stream()
                .map(topic -> new TopicState(topic, found.get(topic.name())))
                .toList();
    }

    private Map<String, Found> find(List<String> names) {
        Map<String, TopicDescription> topics = await(admin.describeTopics(names).allTopicNames());
        Map<String, Map<String, String>> configurations = configurations(names);
        Map<String, Found> found = new HashMap<>();
        topics.forEach((name, topic) -> found.put(
                name,
                new Found(
                        topic.partitions().size(),
                        topic.partitions().getFirst().replicas().size(),
                        configurations.getOrDefault(name, Map.of()))));
        return found;
    }

    /** The settings in force of topics that exist, the broker's defaults included. */
    public Map<String, Map<String, String>> configurations(Collection<String> names) {
        List<ConfigResource> resources = names.stream()
                .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                .toList();
        Map<ConfigResource, Config> answers =
                await(admin.describeConfigs(resources).all());
        Map<String, Map<String, String>> configurations = new LinkedHashMap<>();
        answers.forEach((topic, config) -> configurations.put(topic.name(), values(config)));
        return configurations;
    }

    private static Map<String, String> values(Config config) {
        Map<String, String> values = new HashMap<>();
        for (ConfigEntry entry : config.entries()) {
            @Nullable String value = entry.value();
            if (value != null) {
                values.put(entry.name(), value);
            }
        }
        return values;
    }

    /** Creates topics and returns the names of those created; one that exists by now stays as it is. */
    public List<String> create(Collection<TopicSpec> topics) {
        List<String> created = new ArrayList<>();
        Map<String, KafkaFuture<Void>> answers = admin.createTopics(
                        topics.stream().map(TopicSpec::toCreate).toList())
                .values();
        answers.forEach((name, answer) -> {
            try {
                await(answer);
                created.add(name);
            } catch (TopicExistsException elsewhere) {
                // another replica was faster
            }
        });
        return created;
    }

    private static <T> T await(KafkaFuture<T> answer) {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException refusal ? refusal : new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e); // it sets the thread's flag again
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}
