package dev.authmail.command;

import dev.authmail.erasure.Remains;
import dev.authmail.erasure.UserRecords;
import dev.authmail.erasure.UserRecords.Entry;
import dev.authmail.topics.TopicAdmin;
import dev.authmail.topics.TopicWriter;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code authmail forget}: what Kafka holds of a user, and its erasure. */
@Command(
        name = "forget",
        mixinStandardHelpOptions = true,
        description = {
            "Erases what authmail remembers of a user, and says what remains until when.",
            "Without --execute nothing is written. With it the user's entries in the ledger",
            "get tombstones; Kafka drops them at its next compaction. Other topics cannot be",
            "edited: their records go when they are older than the topic's retention.",
            "An event that still waits for its mail is left alone: publish a cancellation,",
            "or run this again when it has its outcome."
        },
        footer = {
            "",
            "An event that is forgotten is mailed once more if it is published again, and a",
            "bounce that comes later finds no user.",
            "",
            "Exit status: 0 done, 1 it could not be done or an event still waits, 2 wrong usage or settings."
        })
public final class ForgetCommand implements Callable<Integer> {
    private final Supplier<ServiceSettings> service;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(index = "0", paramLabel = "USER", description = "The user id, as in the events.")
    private String user = "";

    @Option(names = "--execute", description = "Do it. Without it nothing is written.")
    private boolean execute;

    /** @param service the service's settings */
    public ForgetCommand(Supplier<ServiceSettings> service) {
        this.service = service;
    }

    @Override
    public Integer call() {
        if (user.isBlank()) {
            throw CommandFailure.usage("USER is empty; give the user id of the events");
        }
        ServiceSettings settings = service.get();
        try {
            UserRecords records = new UserRecords(settings.scan(), settings.eventReader(), user);
            List<Entry> entries = records.entries(settings.topics().ledger());
            List<Entry> erasable =
                    entries.stream().filter(entry -> !entry.waiting()).toList();
            int waiting = entries.size() - erasable.size();
            if (execute) {
                erase(settings, erasable);
            }
            print(settings, erasable.size(), waiting, remains(settings, records));
            return execute && waiting > 0 ? 1 : 0;
        } catch (KafkaException trouble) {
            throw settings.failure(trouble);
        }
    }

    private static void erase(ServiceSettings settings, List<Entry> entries) {
        if (!entries.isEmpty()) {
            try (TopicWriter writer = settings.writer()) {
                UserRecords.erase(writer, settings.topics().ledger(), entries);
            }
        }
    }

    private static List<Remains> remains(ServiceSettings settings, UserRecords records) {
        List<String> topics = new ArrayList<>();
        topics.add(settings.topics().registrations());
        topics.addAll(settings.topics().retry());
        topics.add(settings.topics().outcomes());
        topics.add(settings.topics().deadLetter());
        Map<String, Map<String, String>> configurations;
        try (TopicAdmin admin = new TopicAdmin(settings.kafka())) {
            configurations = admin.configurations(topics);
        }
        return topics.stream()
                .map(topic -> records.remains(topic, retention(configurations.getOrDefault(topic, Map.of()))))
                .toList();
    }

    private static long retention(Map<String, String> configuration) {
        String millis = configuration.getOrDefault("retention.ms", "-1");
        boolean deletes = configuration.getOrDefault("cleanup.policy", "delete").contains("delete");
        return deletes && millis.matches("\\d{1,18}") ? Long.parseLong(millis) : -1;
    }

    private void print(ServiceSettings settings, int erasable, int waiting, List<Remains> remains) {
        PrintWriter out = Specs.of(spec).commandLine().getOut();
        String ledger = settings.topics().ledger();
        out.println(
                execute
                        ? "Erased from " + ledger + ": " + erasable + " entries, gone at its next compaction"
                        : "To erase from " + ledger + ": " + erasable
                                + " entries. Nothing was written; --execute does it.");
        if (waiting > 0) {
            out.println("Left alone: " + waiting + " events that wait for their mail");
        }
        out.println();
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("TOPIC", "RECORDS", "GONE AFTER", "OF UNKNOWN USER"));
        remains.forEach(r ->
                rows.add(List.of(r.topic(), Integer.toString(r.records()), until(r), Integer.toString(r.unknown()))));
        TextTable.lines(rows).forEach(out::println);
        out.flush();
    }

    private static String until(Remains remains) {
        if (remains.records() == 0) {
            return "-";
        }
        return remains.until() == null
                ? "never: the topic has no retention"
                : remains.until().toString();
    }
}
