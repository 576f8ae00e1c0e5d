package dev.authmail.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.config.SettingsOfCommands;
import dev.authmail.testkit.Broker;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Topics as they should be and as they are, on a real broker. */
class TopicsCommandTest {
    private static final String PREFIX = "topics" + ProcessHandle.current().pid() + ".";
    private static final List<String> NAMES = List.of(
            PREFIX + "registrations",
            PREFIX + "retry.30s",
            PREFIX + "retry.2m",
            PREFIX + "outcomes",
            PREFIX + "dead",
            PREFIX + "ledger",
            PREFIX + "suppressions",
            PREFIX + "findings",
            PREFIX + "reports",
            PREFIX + "quarantine",
            PREFIX + "state");

    @Test
    void topicsAreToldCreatedAndNeverChanged() throws Exception {
        Run before = topics();
        assertThat(before.status()).isEqualTo(1);
        assertThat(before.out().lines())
                .contains("authmail topics create makes what is missing.")
                .filteredOn(line -> line.contains(" missing "))
                .hasSize(NAMES.size())
                .anyMatch(line -> line.matches(".*ledger +missing +2 +broker's +14d +compact,delete"))
                .anyMatch(line -> line.matches(".*retry.30s +missing +2 +broker's +7d +delete"));

        Run created = topics("create");
        assertThat(created.status()).isZero();
        NAMES.forEach(name -> assertThat(created.out()).contains("created " + name + "\n"));
        assertThat(topics("create").out()).doesNotContain("created");
        Run fine = topics();
        assertThat(fine.status()).isZero();
        assertThat(fine.out().lines())
                .hasSize(1 + NAMES.size())
                .anyMatch(line -> line.matches(".*dead +fine +2 +1 +14d +delete"));

        change(PREFIX + "ledger", "cleanup.policy", "delete");
        change(PREFIX + "dead", "retention.ms", "3600000");
        change(PREFIX + "outcomes", "max.message.bytes", "1000");
        Run differs = topics("create");
        assertThat(differs.status()).isZero();
        assertThat(differs.out())
                .doesNotContain("created")
                .contains(PREFIX + "ledger: cleanup.policy is delete, should be compact,delete\n")
                .contains("kafka-configs.sh --bootstrap-server " + Broker.address() + " --alter --entity-type topics"
                        + " --entity-name " + PREFIX + "ledger --add-config 'cleanup.policy=[compact,delete]'\n")
                .contains(PREFIX + "dead: retention.ms is 1h, should be 14d\n")
                .contains("--add-config 'retention.ms=1209600000'\n")
                .contains(PREFIX + "outcomes: max.message.bytes is 1000, should be 33619968\n");
        Run morePartitions = topics("--authmail.topics.partitions=3", "--authmail.topics.replication-factor=2");
        assertThat(morePartitions.status()).isEqualTo(1);
        assertThat(morePartitions.out())
                .contains("--alter --topic " + PREFIX + "registrations --partitions 3\n")
                .contains(PREFIX + "registrations: replication.factor is 1, should be 2\n");
        assertThat(topics("--authmail.topics.partitions=1").out()).doesNotContain("partitions is");

        JsonNode ledger = topics("--json")
                .out()
                .lines()
                .map(line -> new JsonMapper().readTree(line))
                .filter(topic -> topic.path("topic").asString().endsWith("ledger"))
                .findFirst()
                .orElseThrow();
        assertThat(ledger.path("state").asString()).isEqualTo("differs");
        assertThat(ledger.path("wanted").path("retention.ms").asString()).isEqualTo("1209600000");
        assertThat(ledger.path("found").path("partitions").asInt()).isEqualTo(2);
        assertThat(ledger.path("differences").path(0).path("setting").asString())
                .isEqualTo("cleanup.policy");
        assertThat(topics("create", "--json").out().lines()).allMatch(line -> line.startsWith("{"));
    }

    @Test
    void aBrokerThatDoesNotAnswerIsOneLine() {
        Run silent = topics("--authmail.kafka.brokers=127.0.0.1:1", "--authmail.kafka.start-timeout=1s");
        assertThat(silent.status()).isEqualTo(1);
        assertThat(silent.err()).startsWith("no answer from 127.0.0.1:1: ").hasLineCount(1);

        Run nameless = topics("--authmail.kafka.brokers=nowhere.invalid:9092");
        assertThat(nameless.status()).isEqualTo(1);
        assertThat(nameless.err())
                .startsWith("Kafka's client cannot start: No resolvable bootstrap urls")
                .hasLineCount(1);
    }

    private static Run topics(String... arguments) {
        List<String> settings = Stream.concat(
                        Stream.of(
                                "--authmail.kafka.brokers=" + Broker.address(),
                                "--authmail.retry.tiers=30s,2m",
                                "--authmail.topics.partitions=2",
                                "--authmail.topics.registrations=" + PREFIX + "registrations",
                                "--authmail.topics.retry=" + PREFIX + "retry",
                                "--authmail.topics.outcomes=" + PREFIX + "outcomes",
                                "--authmail.topics.dead-letter=" + PREFIX + "dead",
                                "--authmail.topics.ledger=" + PREFIX + "ledger",
                                "--authmail.topics.suppressions=" + PREFIX + "suppressions",
                                "--authmail.topics.findings=" + PREFIX + "findings",
                                "--authmail.topics.reports=" + PREFIX + "reports",
                                "--authmail.topics.quarantine=" + PREFIX + "quarantine",
                                "--authmail.topics.state=" + PREFIX + "state"),
                        Stream.of(arguments).filter(a -> a.startsWith("--authmail.")))
                .toList();
        return Run.of(
                new TopicsCommand(() -> SettingsOfCommands.read(lastOfEach(settings))),
                Stream.of(arguments).filter(a -> !a.startsWith("--authmail.")).toArray(String[]::new));
    }

    /** Of an option that is given twice Spring takes both. */
    private static List<String> lastOfEach(List<String> options) {
        Map<String, String> last = new LinkedHashMap<>();
        options.forEach(option -> last.put(option.split("=", 2)[0], option));
        return List.copyOf(last.values());
    }

    private static void change(String topic, String setting, String value) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", Broker.address()))) {
            AlterConfigOp set = new AlterConfigOp(new ConfigEntry(setting, value), AlterConfigOp.OpType.SET);
            admin.incrementalAlterConfigs(Map.of(new ConfigResource(ConfigResource.Type.TOPIC, topic), List.of(set)))
                    .all()
                    .get();
        }
    }
}
