package dev.authmail.command;

import dev.authmail.config.SettingsOfCommands;
import dev.authmail.testkit.Broker;
import dev.authmail.testkit.KafkaPeer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Topics of its own for a test of commands, created by {@code authmail topics create}. */
final class CommandTopics implements AutoCloseable {
    final String registrations;
    final String retry;
    final String outcomes;
    final String deadLetter;
    final String ledger;
    final KafkaPeer kafka;

    CommandTopics(String name) {
        String prefix = name + ProcessHandle.current().pid() + ".";
        registrations = prefix + "registrations";
        retry = prefix + "retry.30s";
        outcomes = prefix + "outcomes";
        deadLetter = prefix + "dead";
        ledger = prefix + "ledger";
        Run created = Run.of(new TopicsCommand(this::settings), "create");
        if (created.status() != 0) {
            throw new IllegalStateException(created.err());
        }
        kafka = new KafkaPeer(Broker.address(), List.of(retry, deadLetter, ledger));
    }

    /**
     * The settings that name these topics.
     *
     * @param more options that take the place of the usual ones
     */
    ServiceSettings settings(String... more) {
        Map<String, String> options = new LinkedHashMap<>();
        Stream.concat(
                        Stream.of(
                                "--authmail.kafka.brokers=" + Broker.address(),
                                "--authmail.retry.tiers=30s",
                                "--authmail.topics.partitions=2",
                                "--authmail.topics.registrations=" + registrations,
                                "--authmail.topics.retry=" + retry.replace(".30s", ""),
                                "--authmail.topics.outcomes=" + outcomes,
                                "--authmail.topics.dead-letter=" + deadLetter,
                                "--authmail.topics.ledger=" + ledger),
                        Stream.of(more))
                .forEach(option -> options.put(option.split("=", 2)[0], option));
        return SettingsOfCommands.read(List.copyOf(options.values()));
    }

    @Override
    public void close() {
        kafka.close();
    }
}
