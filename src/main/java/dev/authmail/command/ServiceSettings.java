package dev.authmail.command;

import dev.authmail.event.EventReader;
import dev.authmail.topics.KafkaTrouble;
import dev.authmail.topics.TopicScan;
import dev.authmail.topics.TopicSpec;
import dev.authmail.topics.TopicWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * What commands need of the service's settings. They come from where the service has them: {@code application.yaml}, the
 * environment, options such as {@code --authmail.kafka.brokers=…}.
 *
 * @param brokers {@code host:port}, several with commas
 * @param kafka properties of Kafka clients, the brokers and time limits included; may hold passwords
 * @param patience how long an answer of a broker may take
 * @param topics names of the topics
 * @param plan how every topic should be
 * @param largestRecord octets of the largest record
 * @param largestEvent octets of the largest event that is read
 * @param superseding whether a newer event takes the place of an older one
 * @param suppressionKeys folder of the keys that hash suppressed addresses; null when none is suppressed
 * @param hops names of the hops that mail can take: the relays, {@code direct}
 */
public record ServiceSettings(
        String brokers,
        Map<String, Object> kafka,
        Duration patience,
        TopicNames topics,
        List<TopicSpec> plan,
        int largestRecord,
        int largestEvent,
        boolean superseding,
        @Nullable Path suppressionKeys,
        Set<String> hops) {
    /**
     * Names of the topics that commands read and write.
     *
     * @param registrations where events come from
     * @param retry one for each tier, the shortest first
     * @param outcomes what became of the mails
     * @param deadLetter what will get no mail
     * @param ledger where each event stands
     * @param suppressions which addresses get no mail
     * @param state what operators hold
     * @param adapters where events of other systems come from, also hooks, by the name that stands in dead letters
     */
    public record TopicNames(
            String registrations,
            List<String> retry,
            String outcomes,
            String deadLetter,
            String ledger,
            String suppressions,
            String state,
            Set<String> adapters) {
        public TopicNames {
            adapters = Set.copyOf(adapters);
        }
    }

    public ServiceSettings {
        kafka = Map.copyOf(kafka);
        hops = Set.copyOf(hops);
        plan = List.copyOf(plan);
    }

    /** Reads topics. */
    TopicScan scan() {
        return new TopicScan(kafka, patience);
    }

    /** Writes records. */
    TopicWriter writer() {
        return new TopicWriter(kafka, largestRecord);
    }

    /** Reads events as the service does, but for languages, which do not matter here. */
    EventReader eventReader() {
        return new EventReader(Locale.ROOT, largestEvent);
    }

    /** What Kafka refuses ends a command with one sentence. */
    CommandFailure failure(KafkaException trouble) {
        return CommandFailure.notDone(KafkaTrouble.sentence(trouble, brokers));
    }

    /** Without the properties: they hold passwords. */
    @Override
    public String toString() {
        return "ServiceSettings[" + brokers + "]";
    }
}
