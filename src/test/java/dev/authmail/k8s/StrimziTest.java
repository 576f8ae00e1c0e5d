package dev.authmail.k8s;

import static dev.authmail.k8s.Manifests.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import dev.authmail.command.ServiceSettings;
import dev.authmail.config.SettingsOfCommands;
import dev.authmail.topics.TopicSpec;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import io.strimzi.api.kafka.model.user.KafkaUser;
import io.strimzi.api.kafka.model.user.KafkaUserAuthorizationSimple;
import io.strimzi.api.kafka.model.user.acl.AclOperation;
import io.strimzi.api.kafka.model.user.acl.AclRule;
import io.strimzi.api.kafka.model.user.acl.AclRuleTopicResource;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Topics and users for Strimzi's operators: known to Strimzi's own classes, and what the application needs. */
class StrimziTest {
    private static final Pattern OF_KUBERNETES =
            Pattern.compile("io\\.(strimzi|fabric8\\.kubernetes\\.api\\.model)\\.");
    private static final ServiceSettings SETTINGS = SettingsOfCommands.read(List.of());

    @Test
    void topicsAreThoseOfTheApplication() throws IOException {
        Map<String, Map<String, String>> planned =
                SETTINGS.plan().stream().collect(Collectors.toMap(TopicSpec::name, TopicSpec::configuration));
        Map<String, Map<String, String>> here = resources("topics.yaml", KafkaTopic.class).stream()
                .collect(Collectors.toMap(t -> t.getMetadata().getName(), StrimziTest::configuration));

        assertThat(here)
                .as("k8s/strimzi/topics.yaml has what `authmail topics` prints")
                .isEqualTo(planned);
    }

    @Test
    void partitionsAreThoseOfTheApplication() throws IOException {
        int partitions = SETTINGS.plan().getFirst().partitions();

        assertThat(resources("topics.yaml", KafkaTopic.class))
                .allSatisfy(t -> assertThat(t.getSpec().getPartitions()).isEqualTo(partitions));
    }

    /** Strimzi's classes keep what they do not know, each in a map of its own. */
    @ParameterizedTest
    @CsvSource({
        "topics.yaml, io.strimzi.api.kafka.model.topic.KafkaTopic",
        "users.yaml, io.strimzi.api.kafka.model.user.KafkaUser"
    })
    void nothingIsUnknownToStrimzi(String file, Class<? extends HasMetadata> type) throws Exception {
        for (HasMetadata resource : resources(file, type)) {
            assertThat(unknown(resource)).as(resource.getMetadata().getName()).isEmpty();
        }
    }

    private static List<String> unknown(Object node) throws ReflectiveOperationException {
        List<String> names = new ArrayList<>();
        if (node instanceof Iterable<?> nodes) {
            for (Object each : nodes) {
                names.addAll(unknown(each));
            }
        } else if (node != null
                && OF_KUBERNETES.matcher(node.getClass().getName()).lookingAt()) {
            for (Method getter : node.getClass().getMethods()) {
                if (getter.getName().equals("getAdditionalProperties")) {
                    ((Map<?, ?>) getter.invoke(node)).keySet().forEach(name -> names.add(String.valueOf(name)));
                } else if (getter.getName().startsWith("get") && getter.getParameterCount() == 0) {
                    names.addAll(unknown(getter.invoke(node)));
                }
            }
        }
        return names;
    }

    /** The service reads what it follows and writes what it tells, and no other topic. */
    @Test
    void theServiceMayDoWhatItDoesAndNoMore() throws IOException {
        Map<String, List<AclOperation>> may = acls("authmail");

        assertThat(may)
                .containsEntry("registrations", List.of(AclOperation.READ, AclOperation.DESCRIBE))
                .containsEntry("authmail.outcomes", List.of(AclOperation.WRITE, AclOperation.DESCRIBE))
                .containsEntry("authmail.dead-letter", List.of(AclOperation.WRITE, AclOperation.DESCRIBE));
        assertThat(SETTINGS.plan())
                .extracting(TopicSpec::name)
                .allSatisfy(topic -> assertThat(may.keySet()).as(topic).anyMatch(topic::startsWith));
    }

    @ParameterizedTest
    @CsvSource({
        "landing-page, landing-page",
        "keycloak,     keycloak",
        "debezium,     debezium",
        "hooks,        auth0",
        "hooks,        supabase",
        "hooks,        kratos",
        "hooks,        zitadel"
    })
    void optionalRoutesHaveTheirTopicsAndRights(String folder, String route) throws Exception {
        Path optional = Manifests.STRIMZI.resolve("optional").resolve(folder);
        Set<TopicSpec> added = new HashSet<>(SettingsOfCommands.read(List.of("--authmail.routes.optional=" + route))
                .plan());
        added.removeAll(SETTINGS.plan());

        Map<String, List<?>> rights = rights(optional.resolve("rights.yaml"));
        if (added.isEmpty()) {
            assertThat(optional.resolve("topic.yaml")).doesNotExist();
            assertThat(rights).containsOnlyKeys("registrations");
        } else {
            TopicSpec topic = added.iterator().next();
            KafkaTopic here = resources("optional/" + folder + "/topic.yaml", KafkaTopic.class)
                    .getFirst();
            assertThat(added).hasSize(1);
            assertThat(unknown(here)).isEmpty();
            assertThat(Objects.requireNonNullElse(
                            here.getSpec().getTopicName(), here.getMetadata().getName()))
                    .isEqualTo(topic.name());
            assertThat(configuration(here)).isEqualTo(topic.configuration());
            assertThat(here.getSpec().getPartitions()).isEqualTo(topic.partitions());
            assertThat(rights.get(topic.name())).asInstanceOf(LIST).contains("Read", "Describe");
        }
        if (!folder.equals("landing-page")) {
            assertThat(rights.get("registrations")).asInstanceOf(LIST).containsExactly("Write");
        }
    }

    /** Operations by topic that a patch adds. */
    private static Map<String, List<?>> rights(Path patch) throws IOException {
        Map<String, List<?>> rights = new HashMap<>();
        for (Object step : (List<?>) Manifests.load(Files.readString(patch))) {
            assertThat(at(step, "path")).isEqualTo("/spec/authorization/acls/-");
            rights.put(at(step, "value", "resource", "name").toString(), Manifests.list(step, "value", "operations"));
        }
        return rights;
    }

    private static Map<String, List<AclOperation>> acls(String user) throws IOException {
        return resources("users.yaml", KafkaUser.class).stream()
                .filter(u -> u.getMetadata().getName().equals(user))
                .map(u -> (KafkaUserAuthorizationSimple) u.getSpec().getAuthorization())
                .flatMap(a -> a.getAcls().stream())
                .filter(rule -> rule.getResource() instanceof AclRuleTopicResource)
                .collect(Collectors.toMap(
                        rule -> ((AclRuleTopicResource) rule.getResource()).getName(), AclRule::getOperations));
    }

    private static Map<String, String> configuration(KafkaTopic topic) {
        return topic.getSpec().getConfig().entrySet().stream()
                .filter(e -> !e.getKey().equals("min.insync.replicas"))
                .collect(Collectors.toMap(Map.Entry::getKey, e -> String.valueOf(e.getValue())));
    }

    private static <T extends HasMetadata> List<T> resources(String file, Class<T> type) throws IOException {
        KubernetesSerialization serialization = new KubernetesSerialization();
        return documents(file)
                .map(document -> serialization.unmarshal(serialization.asYaml(document), type))
                .toList();
    }

    private static Stream<Object> documents(String file) throws IOException {
        return Manifests.loadAll(Files.readString(Manifests.STRIMZI.resolve(file)));
    }
}
