package dev.authmail.kafka;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * A consumer that commits only finished prefixes, pauses partitions that have enough in flight or whose topic is held,
 * and does not hand out what is not due. All calls but {@link #ticket} belong to the polling thread, as with every Kafka consumer.
 *
 * @param <K> type of the keys
 * @param <V> type of the values
 */
public final class TrackingConsumer<K, V> extends KafkaConsumer<K, V> {
    private static final Duration LONGEST_POLL_WITH_WORK = Duration.ofMillis(100);
    private static final Duration COMMIT_TIMEOUT = Duration.ofSeconds(5);
    /** What a poll may last beside its time, the drain and a commit. */
    private static final Duration MARGIN = Duration.ofSeconds(5);
    /** Less is made up for before a session ends. */
    private static final Duration NOTEWORTHY_STEP = Duration.ofSeconds(10);

    private static final Duration REJOINING_POLL = Duration.ofMillis(100);
    private static final ConsumerRebalanceListener NOBODY = new ConsumerRebalanceListener() {
        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {}

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {}
    };

    private final InFlight inFlight;
    private final NotBefore notBefore;
    private final Gate gate;
    private final Duration drain;
    private final Clock clock;
    private final Map<TopicPartition, PartitionProgress> progress = new ConcurrentHashMap<>();
    private final Map<TopicPartition, Early<K, V>> early = new HashMap<>();
    private final Set<TopicPartition> full = new HashSet<>();
    private final Set<TopicPartition> suspended = new HashSet<>();
    private final PollAlarm alarm = new PollAlarm(this::wakeup);
    private Instant lastPoll = Instant.MIN;
    private boolean commitUnderWay;

    /**
     * Read, not due, and all that is read of their partition, which is paused: to seek back to them would fetch all that is
     * behind them anew for each that becomes due.
     *
     * @param due the moment of the first; each tier has one delay, so none behind it is due before
     */
    private record Early<K, V>(Instant due, List<ConsumerRecord<K, V>> records) {}

    /**
     * @param properties of a Kafka consumer; {@code enable.auto.commit} must be false
     * @param inFlight counts and limits, shared by the consumers of a process
     * @param notBefore holds back records
     * @param gate holds back topics
     * @param drain how long revoked partitions may finish what is open
     * @param clock compared with what {@code notBefore} says
     */
    public TrackingConsumer(
            Properties properties, InFlight inFlight, NotBefore notBefore, Gate gate, Duration drain, Clock clock) {
        super(properties);
        this.inFlight = inFlight;
        this.notBefore = notBefore;
        this.gate = gate;
        this.drain = drain;
        this.clock = clock;
    }

    /** The ticket of a record that {@link #poll} returned. */
    public Ticket ticket(TopicPartition partition, long offset) {
        return new Ticket(progressOf(partition), offset);
    }

    /** @throws KafkaException when the clock was put back: a client made anew, as Camel makes one then, is well again */
    @Override
    public ConsumerRecords<K, V> poll(Duration timeout) {
        refuseClockThatWasPutBack();
        commitFinished();
        pauseAndResume();
        Duration shortened = shortened(timeout);
        Duration longest = shortened.plus(drain).plus(COMMIT_TIMEOUT).plus(MARGIN);
        // What the poll throws must not lose what has become due, so that is taken afterwards.
        return admit(alarm.within(longest, () -> super.poll(shortened), ConsumerRecords::empty));
    }

    /** Kafka's client measures by it: until the clock is where it was, it sends no heartbeat. */
    private void refuseClockThatWasPutBack() {
        Instant now = clock.instant();
        if (now.plus(NOTEWORTHY_STEP).isBefore(lastPoll)) {
            throw new KafkaException("the clock of this host was put back from " + lastPoll + " to " + now);
        }
        lastPoll = now;
    }

    @Override
    public void subscribe(Collection<String> topics) {
        subscribe(topics, NOBODY);
    }

    @Override
    public void subscribe(Pattern pattern) {
        subscribe(pattern, NOBODY);
    }

    @Override
    public void subscribe(Collection<String> topics, ConsumerRebalanceListener listener) {
        super.subscribe(topics, new Tracking(listener));
    }

    @Override
    public void subscribe(Pattern pattern, ConsumerRebalanceListener listener) {
        super.subscribe(pattern, new Tracking(listener));
    }

    /** Somebody else's pause (a suspended route): kept apart from ours. */
    @Override
    public void pause(Collection<TopicPartition> partitions) {
        suspended.addAll(partitions);
        super.pause(partitions);
    }

    @Override
    public void resume(Collection<TopicPartition> partitions) {
        suspended.removeAll(partitions);
        super.resume(partitions);
        super.pause(partitions.stream().filter(this::isHeldBack).toList());
    }

    /** A resumed route seeks to what was committed; what was handed out since is still in flight and not read again. */
    @Override
    public void seek(TopicPartition partition, long offset) {
        PartitionProgress known = progress.get(partition);
        if (known == null || !known.handedOut(offset)) {
            early.remove(partition);
            super.seek(partition, offset);
        }
    }

    @Override
    public void seek(TopicPartition partition, OffsetAndMetadata offset) {
        PartitionProgress known = progress.get(partition);
        if (known == null || !known.handedOut(offset.offset())) {
            early.remove(partition);
            super.seek(partition, offset);
        }
    }

    /**
     * Leaves the group once what is finished is committed. A group that is rebalancing, as it is when the consumers of other
     * routes have just left it, takes no commit: the rebalance ends when all have polled.
     */
    @Override
    public void unsubscribe() {
        long limit = System.nanoTime() + COMMIT_TIMEOUT.plus(drain).toNanos();
        drainAndCommit(progress.keySet());
        while (!finished(progress.keySet()).isEmpty() && System.nanoTime() < limit && rejoin()) {
            commitFinishedNow(progress.keySet());
        }
        super.unsubscribe();
    }

    /** Takes part in a rebalance and reads nothing. */
    private boolean rejoin() {
        if (Thread.currentThread().isInterrupted()) {
            return false;
        }
        try {
            super.pause(assignment());
            super.poll(REJOINING_POLL);
            return true;
        } catch (KafkaException notNow) {
            return false;
        }
    }

    /** Drains and commits as {@link #unsubscribe} does, and counts nothing from then on. */
    @Override
    public void close() {
        try {
            super.close();
        } finally {
            forget(Set.copyOf(progress.keySet()));
        }
    }

    @Override
    public void close(CloseOptions option) {
        try {
            super.close(option);
        } finally {
            forget(Set.copyOf(progress.keySet()));
        }
    }

    private ConsumerRecords<K, V> admit(ConsumerRecords<K, V> polled) {
        List<TopicPartition> ready = ready();
        if (polled.isEmpty() && ready.isEmpty()) {
            return polled;
        }
        Map<TopicPartition, List<ConsumerRecord<K, V>>> admitted = new LinkedHashMap<>();
        Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>(polled.nextOffsets());
        ready.forEach(partition -> {
            Early<K, V> waited = early.remove(partition);
            if (waited != null) {
                admit(partition, waited.records(), admitted, next);
            }
        });
        polled.partitions().forEach(partition -> admit(partition, polled.records(partition), admitted, next));
        return new ConsumerRecords<>(admitted, next);
    }

    /** The partitions of which something has become due that may be handed out. */
    private List<TopicPartition> ready() {
        Instant now = clock.instant();
        return early.entrySet().stream()
                .filter(e -> !e.getValue().due().isAfter(now) && mayBeHandedOut(e.getKey()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private boolean mayBeHandedOut(TopicPartition partition) {
        return !full.contains(partition) && !suspended.contains(partition) && gate.isOpen(partition.topic());
    }

    private void admit(
            TopicPartition partition,
            List<ConsumerRecord<K, V>> records,
            Map<TopicPartition, List<ConsumerRecord<K, V>>> admitted,
            Map<TopicPartition, OffsetAndMetadata> next) {
        if (!gate.isOpen(partition.topic())) {
            super.pause(Set.of(partition));
            super.seek(partition, records.getFirst().offset());
            next.put(partition, new OffsetAndMetadata(records.getFirst().offset()));
            return;
        }
        List<ConsumerRecord<K, V>> prefix = duePrefix(partition, records);
        next.put(
                partition,
                new OffsetAndMetadata(
                        prefix.size() < records.size()
                                ? records.get(prefix.size()).offset()
                                : records.getLast().offset() + 1));
        if (!prefix.isEmpty()) {
            begin(partition, prefix);
            admitted.put(partition, prefix);
        }
    }

    /** What is due now; the rest is kept, and nothing behind it is read. */
    private List<ConsumerRecord<K, V>> duePrefix(TopicPartition partition, List<ConsumerRecord<K, V>> records) {
        Instant now = clock.instant();
        for (int i = 0; i < records.size(); i++) {
            Instant moment = notBefore.of(records.get(i));
            if (moment != null && moment.isAfter(now)) {
                super.pause(Set.of(partition));
                early.put(partition, new Early<>(moment, List.copyOf(records.subList(i, records.size()))));
                return records.subList(0, i);
            }
        }
        return records;
    }

    private void begin(TopicPartition partition, List<ConsumerRecord<K, V>> records) {
        PartitionProgress known = progressOf(partition);
        Instant now = clock.instant();
        records.forEach(r -> known.begin(r.offset(), now));
    }

    private PartitionProgress progressOf(TopicPartition partition) {
        return progress.computeIfAbsent(partition, p -> inFlight.assigned());
    }

    private void pauseAndResume() {
        assignment().forEach(this::markIfFull);
        Set<TopicPartition> paused = paused();
        super.pause(assignment().stream().filter(this::isHeldBack).toList());
        super.resume(paused.stream()
                .filter(p -> !isHeldBack(p) && !suspended.contains(p))
                .toList());
    }

    /** A partition that was never read can be full too, by what is open on the others. */
    private void markIfFull(TopicPartition partition) {
        PartitionProgress known = progress.get(partition);
        int open = known == null ? 0 : known.openCount();
        if (inFlight.isFull(open, full.contains(partition))) {
            full.add(partition);
        } else {
            full.remove(partition);
        }
    }

    private boolean isHeldBack(TopicPartition partition) {
        return full.contains(partition) || early.containsKey(partition) || !gate.isOpen(partition.topic());
    }

    private Duration shortened(Duration timeout) {
        Duration wait = inFlight.total() > 0 && timeout.compareTo(LONGEST_POLL_WITH_WORK) > 0
                ? LONGEST_POLL_WITH_WORK
                : timeout;
        Instant now = clock.instant();
        return early.entrySet().stream()
                .filter(e -> mayBeHandedOut(e.getKey()))
                .map(e -> Duration.between(now, e.getValue().due()))
                .filter(d -> d.compareTo(wait) < 0)
                .min(Comparator.naturalOrder())
                .map(d -> d.isNegative() ? Duration.ZERO : d)
                .orElse(wait);
    }

    private Map<TopicPartition, OffsetAndMetadata> finished(Collection<TopicPartition> partitions) {
        Map<TopicPartition, OffsetAndMetadata> ready = new HashMap<>();
        for (TopicPartition partition : partitions) {
            PartitionProgress known = progress.get(partition);
            if (known != null) {
                known.committable().ifPresent(offset -> ready.put(partition, new OffsetAndMetadata(offset)));
            }
        }
        return ready;
    }

    private void commitFinished() {
        Map<TopicPartition, OffsetAndMetadata> ready = commitUnderWay ? Map.of() : finished(progress.keySet());
        if (!ready.isEmpty()) {
            commitUnderWay = true;
            commitAsync(ready, (offsets, failure) -> {
                commitUnderWay = false;
                if (failure == null) {
                    markCommitted(offsets); // otherwise the next poll tries again
                }
            });
        }
    }

    private void commitFinishedNow(Collection<TopicPartition> partitions) {
        Map<TopicPartition, OffsetAndMetadata> ready = finished(partitions);
        if (ready.isEmpty()) {
            return;
        }
        try {
            commitSync(ready, COMMIT_TIMEOUT);
            markCommitted(ready);
        } catch (KafkaException notCommitted) {
            // Nothing is lost: whoever gets the partition reads these records again. A wakeup comes here too; what it
            // interrupts is the wait for the answer, the request is on its way.
            commitUnderWay = false;
        }
    }

    private void markCommitted(Map<TopicPartition, OffsetAndMetadata> offsets) {
        offsets.forEach((partition, offset) -> {
            PartitionProgress known = progress.get(partition);
            if (known != null) {
                known.committed(offset.offset());
            }
        });
    }

    /** An interrupt ends the waiting; what is finished is committed all the same. */
    private void drainAndCommit(Collection<TopicPartition> partitions) {
        boolean interrupted = false;
        try {
            drain(partitions);
        } catch (InterruptedException stop) {
            interrupted = true; // with the flag set, Kafka would not commit
        }
        commitFinishedNow(partitions);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void drain(Collection<TopicPartition> partitions) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        long limit = System.nanoTime() + drain.toNanos();
        List<PartitionProgress> leaving = partitions.stream()
                .map(progress::get)
                .filter(Objects::nonNull)
                .filter(PartitionProgress::isOurs)
                .toList();
        for (PartitionProgress known : leaving) {
            known.awaitNothingOpen(limit - System.nanoTime());
        }
        leaving.forEach(PartitionProgress::withdraw);
    }

    private void forget(Collection<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            PartitionProgress known = progress.remove(partition);
            if (known != null) {
                inFlight.released(known);
            }
            early.remove(partition);
            full.remove(partition);
            suspended.remove(partition);
        }
    }

    /** Drains and commits what is revoked, forgets what is lost, and tells the listener it wraps. */
    private final class Tracking implements ConsumerRebalanceListener {
        private final ConsumerRebalanceListener next;

        Tracking(ConsumerRebalanceListener next) {
            this.next = next;
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            next.onPartitionsAssigned(partitions);
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            try {
                drainAndCommit(partitions);
                next.onPartitionsRevoked(partitions);
            } finally {
                forget(partitions);
            }
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            forget(partitions); // another member has them: there is nothing to commit
            next.onPartitionsLost(partitions);
        }
    }
}
