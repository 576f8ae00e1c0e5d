package dev.authmail.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.authmail.address.MailAddress;
import dev.authmail.address.ParsedAddress;
import dev.authmail.delivery.UserState;
import dev.authmail.suppression.Suppression;
import dev.authmail.suppression.SuppressionKeys;
import dev.authmail.suppression.SuppressionReason;
import dev.authmail.topics.TopicWriter;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code authmail suppressions}: addresses that get no mail. */
@Command(
        name = "suppressions",
        mixinStandardHelpOptions = true,
        description = {
            "Shows, adds and releases addresses that get no mail. All replicas heed it within seconds.",
            "Kafka holds no address, only keyed hashes: add and release read addresses from standard",
            "input, one a line, so that none stands in the history of a shell."
        },
        footer = {"", "Exit status: 0 done, 1 it could not be done, 2 wrong usage or settings."})
public final class SuppressionsCommand {
    private static final JsonMapper JSON = new JsonMapper();

    private final Supplier<ServiceSettings> service;
    private final InputStream in;
    private final Clock clock;

    @Spec
    private @Nullable CommandSpec spec;

    /**
     * @param service the service's settings
     * @param in standard input
     * @param clock tells what has ended
     */
    public SuppressionsCommand(Supplier<ServiceSettings> service, InputStream in, Clock clock) {
        this.service = service;
        this.in = in;
        this.clock = clock;
    }

    /** Counts by reason. */
    @Command(
            name = "list",
            description = "How many addresses are suppressed, by reason.",
            mixinStandardHelpOptions = true)
    int list() {
        Map<String, Integer> counts = new TreeMap<>();
        inForce(service.get()).values().forEach(e -> counts.merge(e.reason().code(), 1, Integer::sum));
        List<List<String>> rows = new ArrayList<>(List.of(List.of("REASON", "ADDRESSES")));
        counts.forEach((reason, count) -> rows.add(List.of(reason, count.toString())));
        TextTable.lines(rows).forEach(out()::println);
        out().flush();
        return 0;
    }

    /** All entries as JSON Lines. */
    @Command(
            name = "export",
            description = "Every entry, one JSON object a line: key, reason, userState, since, until.",
            mixinStandardHelpOptions = true)
    int export() {
        inForce(service.get()).forEach((key, entry) -> {
            ObjectNode line = JSON.createObjectNode().put("key", key);
            line.setAll((ObjectNode) JSON.readTree(entry.toJson()));
            out().println(JSON.writeValueAsString(line));
        });
        out().flush();
        return 0;
    }

    /** Adds addresses. */
    @Command(name = "add", description = "Suppresses the addresses on standard input.", mixinStandardHelpOptions = true)
    int add(
            @Option(
                            names = "--days",
                            defaultValue = "30",
                            description = "For how long; 0 for ever. Default: ${DEFAULT-VALUE}.")
                    int days) {
        if (days < 0) {
            throw CommandFailure.usage("--days " + days + " is below 0");
        }
        ServiceSettings settings = service.get();
        SuppressionKeys keys = keys(settings);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Instant until = days == 0 ? null : now.plus(Duration.ofDays(days));
        byte[] entry = new Suppression(SuppressionReason.MANUAL, UserState.ADDRESS_REFUSED, now, until).toJson();
        List<MailAddress> addresses = addresses();
        Map<String, byte @Nullable []> records = new TreeMap<>();
        addresses.forEach(address -> records.put(keys.key(address), entry));
        write(settings, records);
        out().println("Suppressed: " + records.size());
        out().flush();
        return 0;
    }

    /** Lifts suppressions. */
    @Command(
            name = "release",
            description = {
                "Lets the addresses on standard input be mailed again, or all that one reason suppressed.",
                "A complaint is released like any other: do so only when its owner asked for it."
            },
            mixinStandardHelpOptions = true)
    int release(
            @Option(
                            names = "--reason",
                            paramLabel = "WORD",
                            description = "All of this reason: rejected, bounced, complained, manual.")
                    @Nullable
                    String reason,
            @Option(
                            names = "--since",
                            paramLabel = "TIME",
                            description = "With --reason: only what began at this time or later, RFC 3339.")
                    @Nullable
                    Instant since) {
        ServiceSettings settings = service.get();
        BiPredicate<String, Suppression> wanted =
                reason == null ? ofAddresses(keys(settings)) : ofReason(reason, since);
        Map<String, byte @Nullable []> tombstones = new TreeMap<>();
        Map<String, Suppression> known = inForce(settings);
        known.forEach((key, entry) -> {
            if (wanted.test(key, entry)) {
                tombstones.put(key, null);
            }
        });
        write(settings, tombstones);
        out().println("Released: " + tombstones.size());
        out().flush();
        return 0;
    }

    private BiPredicate<String, Suppression> ofAddresses(SuppressionKeys keys) {
        Set<String> named = addresses().stream()
                .flatMap(address -> keys.keys(address).stream())
                .collect(Collectors.toSet());
        return (key, entry) -> named.contains(key);
    }

    private static BiPredicate<String, Suppression> ofReason(String word, @Nullable Instant since) {
        SuppressionReason reason = SuppressionReason.fromCode(word)
                .orElseThrow(
                        () -> CommandFailure.usage("--reason is rejected, bounced, complained or manual, not " + word));
        return (key, entry) ->
                entry.reason() == reason && (since == null || !entry.since().isBefore(since));
    }

    private Map<String, Suppression> inForce(ServiceSettings settings) {
        Map<String, Suppression> entries = new TreeMap<>();
        Instant now = clock.instant();
        try {
            settings.scan().read(settings.topics().suppressions(), null, record -> {
                byte[] key = record.key();
                if (key != null) {
                    byte[] value = record.value();
                    String name = new String(key, UTF_8);
                    entries.remove(name);
                    if (value != null) {
                        Suppression.fromJson(value).filter(e -> e.holdsAt(now)).ifPresent(e -> entries.put(name, e));
                    }
                }
            });
        } catch (KafkaException trouble) {
            throw settings.failure(trouble);
        }
        return entries;
    }

    private static void write(ServiceSettings settings, Map<String, byte @Nullable []> records) {
        try (TopicWriter writer = settings.writer()) {
            records.forEach((key, value) ->
                    writer.write(new ProducerRecord<>(settings.topics().suppressions(), key.getBytes(UTF_8), value)));
        } catch (KafkaException trouble) {
            throw settings.failure(trouble);
        }
    }

    private static SuppressionKeys keys(ServiceSettings settings) {
        if (settings.suppressionKeys() == null) {
            throw CommandFailure.usage("authmail.suppression.keys is empty; name the folder that the service has");
        }
        try {
            return SuppressionKeys.read(settings.suppressionKeys());
        } catch (IllegalArgumentException wrong) {
            throw CommandFailure.usage("authmail.suppression.keys: " + wrong.getMessage());
        }
    }

    /** What is no address is told by its line: the line itself may be one that was mistyped. */
    private List<MailAddress> addresses() {
        List<MailAddress> addresses = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(in, UTF_8))) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!line.isBlank()) {
                    addresses.add(address(line.strip(), number));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (addresses.isEmpty()) {
            throw CommandFailure.usage("there is no address on standard input; give one a line");
        }
        return addresses;
    }

    private static MailAddress address(String text, int line) {
        return switch (MailAddress.parse(text)) {
            case ParsedAddress.Valid(var address) -> address;
            case ParsedAddress.Invalid(var rule) ->
                throw CommandFailure.usage("line " + line + " is no address: it " + rule + "; nothing was written");
        };
    }

    private PrintWriter out() {
        return Specs.of(spec).commandLine().getOut();
    }
}
