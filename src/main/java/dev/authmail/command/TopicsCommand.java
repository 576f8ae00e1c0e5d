package dev.authmail.command;

import dev.authmail.topics.TopicAdmin;
import dev.authmail.topics.TopicState;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code authmail topics}: every topic as it should be and as it is. */
@Command(
        name = "topics",
        mixinStandardHelpOptions = true,
        description = {
            "Prints every topic with partitions, replication, retention and compaction,",
            "as it is and, where that differs, as it should be, with the command that mends it.",
            "More partitions, replicas or room for records than asked for are fine.",
            "Exit status: 0 all are fine, 1 one is missing or differs or Kafka cannot be",
            "asked, 2 wrong usage or settings."
        })
public final class TopicsCommand implements Callable<Integer> {
    private final Supplier<ServiceSettings> service;

    @Option(names = "--json", scope = ScopeType.INHERIT, description = "One JSON object a line, for programs.")
    private boolean json;

    @Spec
    private @Nullable CommandSpec spec;

    /** @param service the service's settings */
    public TopicsCommand(Supplier<ServiceSettings> service) {
        this.service = service;
    }

    @Override
    public Integer call() {
        return with(service.get(), (settings, admin) -> {
            List<TopicState> topics = admin.look(settings.plan());
            print(settings, topics);
            boolean fine = topics.stream()
                    .allMatch(topic -> !topic.isMissing() && topic.differences().isEmpty());
            return fine ? 0 : 1;
        });
    }

    /** Creates what is missing. */
    @Command(
            name = "create",
            mixinStandardHelpOptions = true,
            description = {
                "Creates the topics that are missing. One that exists is never changed;",
                "what differs is printed with the command that mends it.",
                "Exit status: 0 all exist, 1 it could not be done, 2 wrong usage or settings."
            })
    int create() {
        return with(service.get(), (settings, admin) -> {
            List<String> created = admin.create(admin.missing(settings.plan()));
            if (!json) {
                created.forEach(name -> out().println("created " + name));
            }
            print(settings, admin.look(settings.plan()));
            return 0;
        });
    }

    private interface Work {
        int with(ServiceSettings settings, TopicAdmin admin);
    }

    private static int with(ServiceSettings settings, Work work) {
        try (TopicAdmin admin = new TopicAdmin(settings.kafka())) {
            return work.with(settings, admin);
        } catch (KafkaException trouble) {
            throw settings.failure(trouble);
        }
    }

    private void print(ServiceSettings settings, List<TopicState> topics) {
        TopicPrint print = new TopicPrint(settings.brokers());
        (json ? print.json(topics) : print.table(topics)).forEach(out()::println);
        out().flush();
    }

    private PrintWriter out() {
        return Specs.of(spec).commandLine().getOut();
    }
}
