package dev.authmail.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.authmail.testkit.Broker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** On a real broker. Records are named {@code partition@offset}. */
class TrackingConsumerTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(200);
    private static final String DUE = "due";

    private static Admin admin;
    private static KafkaProducer<byte[], byte[]> producer;

    private final String topic = "tracking-" + UUID.randomUUID();
    private final String group = topic;
    private final SetClock clock = new SetClock();
    private boolean closed;
    private final List<Member> members = new ArrayList<>();

    @BeforeAll
    static void connect() {
        Map<String, Object> broker = Map.of("bootstrap.servers", Broker.address());
        admin = Admin.create(broker);
        producer = new KafkaProducer<>(broker, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @AfterAll
    static void disconnect() {
        producer.close();
        admin.close();
    }

    @AfterEach
    void closeMembers() {
        members.forEach(Member::finishAll);
        members.forEach(Member::close);
    }

    @Test
    void outOfOrderCompletionCommitsOnlyTheFinishedPrefix() {
        topic(1);
        send(0, 5);
        Member member = member(LONG).subscribe(topic);
        member.pollSeen(5);

        member.finish(0, 2, 0, 4);
        awaitCommitted(member, 0, 1);
        member.finish(0, 1);
        awaitCommitted(member, 0, 3);
        member.finish(0, 3);
        awaitCommitted(member, 0, 5);

        assertThat(member.inFlight.total()).isZero();
    }

    @Test
    void aRecordThatHangsHoldsTheCommitAndNoOtherRecord() {
        topic(2);
        send(0, 30);
        send(1, 30);
        Member member = member(LONG).subscribe(topic);
        member.pollSeen(60);

        LongStream.range(0, 30).forEach(offset -> member.finish(1, offset));
        LongStream.range(1, 30).forEach(offset -> member.finish(0, offset));
        awaitCommitted(member, 1, 30);

        assertThat(committed(0)).isZero();
        member.finish(0, 0);
        awaitCommitted(member, 0, 30);
    }

    @Test
    void aFullPartitionIsPausedAndGoesOnAtHalfOfItsLimit() {
        topic(1);
        send(0, 20);
        Member member = member(new InFlight(10, 100), LONG).subscribe(topic);

        member.pollSeen(10);
        assertThat(member.staysQuiet()).as("paused, and polls go on").isTrue();
        member.finish(0, 0, 1, 2, 3);
        assertThat(member.staysQuiet()).as("6 of 10 are open").isTrue();
        member.finish(0, 4);
        member.pollSeen(15);

        assertThat(member.names()).doesNotHaveDuplicates();
        assertThat(member.inFlight.total()).isEqualTo(10);
    }

    @Test
    void aPartitionThatWasNeverReadHasItsShareThoughOthersHaveTheLimitOfAll() {
        topic(4);
        IntStream.range(0, 4).forEach(partition -> send(partition, 5));
        Member member = member(new InFlight(5, 5), LONG).subscribe(topic);

        member.pollSeen(10);
        assertThat(member.staysQuiet())
                .as("twice the limit of all is under way")
                .isTrue();
        assertThat(member.seen.stream().map(ConsumerRecord::partition).distinct())
                .as("one partition has the limit of all, and another its share")
                .hasSize(2);
        for (int i = 2; i <= 4; i++) {
            member.pollSeen(i * 5);
            member.finishAll();
        }

        assertThat(member.names()).hasSize(20).doesNotHaveDuplicates();
    }

    @Test
    void whatIsNotDueStaysAndHoldsUpNoOtherPartition() {
        topic(2);
        sendDue(0, 0);
        sendDue(0, 10);
        sendDue(0, 20);
        send(1, 7);
        Member member = member(LONG).subscribe(topic);

        member.pollSeen(8);
        assertThat(member.staysQuiet()).isTrue();
        assertThat(member.names(0)).containsExactly("0@0");
        assertThat(member.names(1)).hasSize(7);

        clock.forward(10);
        member.pollSeen(9);
        assertThat(member.staysQuiet()).isTrue();
        clock.forward(10);
        member.pollSeen(10);
        assertThat(member.staysQuiet()).isTrue();
        assertThat(member.names(0)).containsExactly("0@0", "0@1", "0@2");
        member.finishAll();
        awaitCommitted(member, 0, 3);
    }

    /** A tier holds thousands: to fetch all of them again for each that becomes due would be most of the work. */
    @Test
    void whatIsNotDueIsReadOnce() {
        topic(1);
        IntStream.rangeClosed(1, 3 * Member.POLL_RECORDS).forEach(second -> sendDue(0, second));
        Member member = member(LONG).subscribe(topic);
        assertThat(member.staysQuiet()).isTrue();

        IntStream.rangeClosed(1, 3 * Member.POLL_RECORDS).forEach(second -> {
            clock.forward(1);
            member.pollSeen(second);
            assertThat(member.names()).hasSize(second);
        });

        assertThat(member.staysQuiet()).isTrue(); // the client counts a fetch when it is used up
        assertThat(member.metric("records-consumed-total")).isEqualTo(3 * Member.POLL_RECORDS);
    }

    @Test
    void whatIsNotDueIsNotCommitted() {
        topic(1);
        sendDue(0, 0);
        sendDue(0, 10);
        Member member = member(LONG).subscribe(topic);
        member.pollSeen(1);

        member.finish(0, 0);
        awaitCommitted(member, 0, 1);
        member.close();
        Member next = member(LONG).subscribe(topic);
        clock.forward(10);
        next.pollSeen(1);

        assertThat(next.names()).containsExactly("0@1");
    }

    @Test
    void aSuspendedRouteReadsNothingAndAResumedOneNothingTwice() {
        topic(1);
        send(0, 5);
        Member member = member(LONG).subscribe(topic);
        member.pollSeen(5);
        member.finish(0, 0, 1);
        awaitCommitted(member, 0, 2);

        member.consumer.pause(member.consumer.assignment());
        send(0, 3);
        assertThat(member.staysQuiet()).isTrue();
        member.finish(0, 2);
        awaitCommitted(member, 0, 3);
        member.resumeAsCamelDoes();
        member.pollSeen(8);

        assertThat(member.names()).containsExactly("0@0", "0@1", "0@2", "0@3", "0@4", "0@5", "0@6", "0@7");
        member.finishAll();
        awaitCommitted(member, 0, 8);
    }

    @Test
    void aResumedRouteStillHoldsBackWhatIsFullOrNotDue() {
        topic(2);
        send(0, 12);
        sendDue(1, 10);
        Member member = member(new InFlight(10, 100), LONG).subscribe(topic);
        member.pollSeen(10);
        assertThat(member.staysQuiet()).isTrue();

        member.consumer.pause(member.consumer.assignment());
        member.resumeAsCamelDoes();

        assertThat(member.staysQuiet()).isTrue();
        clock.forward(10);
        member.finishAll();
        member.pollSeen(13);
        assertThat(member.names()).doesNotHaveDuplicates();
    }

    @Test
    void aSecondMemberGetsAPartitionWhenItsOpenRecordsAreDone() {
        topic(2);
        send(0, 10);
        send(1, 10);
        Member one = member(LONG).subscribe(topic);
        one.pollSeen(20);
        assertThat(one.inFlight.total()).isEqualTo(20);
        Thread worker = finishWhenDraining(one);

        Member two = member(LONG).subscribe(topic);
        pollBothUntilShared(one, two);
        send(0, 5);
        send(1, 5);
        for (int i = 0; one.seen.size() + two.seen.size() < 30 && i < 300; i++) {
            one.poll();
            two.poll();
        }

        assertThat(worker.isAlive()).isFalse();
        List<String> all = new ArrayList<>(one.names());
        all.addAll(two.names());
        assertThat(all).hasSize(30).doesNotHaveDuplicates();
        assertThat(two.seen).hasSize(5);
    }

    @Test
    void whatIsOpenWhenTheDrainTimeEndsIsReadAgainAndFinishedLateChangesNothing() {
        topic(2);
        send(0, 4);
        send(1, 4);
        Member one = member(SHORT).subscribe(topic);
        one.pollSeen(8);
        one.finish(0, 0, 1, 3);
        one.finish(1, 0, 1, 3);

        Member two = member(LONG).subscribe(topic);
        pollBothUntilShared(one, two);
        two.pollSeen(2);
        int moved = two.seen.getFirst().partition();
        assertThat(one.ticket(moved, 2).isOurs()).as("it is the other's now").isFalse();
        assertThat(one.ticket(1 - moved, 2).isOurs()).isTrue();
        assertThat(two.names()).as("from the first that was not done").containsExactly(moved + "@2", moved + "@3");
        assertThat(one.inFlight.total()).as("only what it still has").isEqualTo(1);

        one.finish(moved, 2);
        assertThat(one.staysQuiet()).isTrue();
        assertThat(committed(moved)).isEqualTo(2);
        two.finish(moved, 2, 3);
        awaitCommitted(two, moved, 4);
    }

    @Test
    void lostPartitionsAreForgottenAndFinishedLateChangesNothing() throws Exception {
        topic(1);
        send(0, 3);
        Member member = member(LONG).subscribe(topic);
        member.pollSeen(3);
        Ticket late = member.ticket(0, 0);

        admin.removeMembersFromConsumerGroup(group, new RemoveMembersFromConsumerGroupOptions())
                .all()
                .get();
        member.pollSeen(6);
        assertThat(late.isOurs()).isFalse();
        assertThat(member.ticket(0, 0).isOurs()).isTrue();
        late.done();
        assertThat(member.staysQuiet()).isTrue();

        assertThat(member.names()).containsExactly("0@0", "0@1", "0@2", "0@0", "0@1", "0@2");
        assertThat(member.inFlight.total()).isEqualTo(3);
        assertThat(committed(0)).isZero();
        member.finish(0, 0);
        awaitCommitted(member, 0, 1);
    }

    /** Kafka's client would send no heartbeat for an hour. */
    @Test
    void aClientWhoseClockWasPutBackIsGivenUp() {
        topic(1);
        send(0, 1);
        Member member = member(LONG).subscribe(topic);
        member.pollSeen(1);
        clock.forward(3600);
        assertThat(member.staysQuiet()).isTrue();

        clock.forward(-3600);

        assertThatThrownBy(member::poll)
                .isInstanceOf(KafkaException.class)
                .hasMessage("the clock of this host was put back from 2026-11-24T07:00:00Z to 2026-11-24T06:00:00Z");
    }

    /** How a route gives up its consumer. */
    enum Ending {
        UNSUBSCRIBED,
        CLOSED,
        WOKEN,
        INTERRUPTED
    }

    @ParameterizedTest
    @EnumSource
    void theFinishedPrefixIsCommittedAtTheEnd(Ending ending) {
        topic(1);
        send(0, 5);
        Member member = member(SHORT).subscribe(topic);
        member.pollSeen(5);
        awaitCommitted(member, 0, 0);

        member.finish(0, 0, 1, 2, 4);
        end(member, ending);

        // A woken consumer does not wait for the broker's answer.
        Awaitility.await().untilAsserted(() -> assertThat(committed(0)).isEqualTo(3));
        assertThat(member.inFlight.total()).isZero();
        assertThat(member.inFlight.oldest()).isEmpty();
    }

    /** Kafka refuses the commit before that; a consumer that left without it would have all of it read again. */
    @Test
    void aMemberThatLeavesInARebalanceCommitsWhenItIsOver() throws InterruptedException {
        topic(2);
        send(0, 4);
        send(1, 4);
        Member leaving = member(SHORT).subscribe(topic);
        leaving.pollSeen(8);
        Member slow = member(SHORT).subscribe(topic);
        pollBothUntilShared(leaving, slow);
        Member joining = member(SHORT).subscribe(topic);
        joining.staysQuiet();
        IntStream.range(0, 3).forEach(i -> leaving.staysQuiet()); // it has joined anew, and waits for the slow one
        int held = leaving.consumer.assignment().iterator().next().partition();
        AtomicBoolean left = new AtomicBoolean();
        Thread others = Thread.ofPlatform()
                .daemon()
                .start(() -> Awaitility.await()
                        .pollInSameThread()
                        .pollDelay(Duration.ofSeconds(1))
                        .atMost(LONG)
                        .until(() -> slow.poll() + joining.poll() >= 0 && left.get()));

        leaving.finishAll();
        leaving.consumer.unsubscribe();
        left.set(true);
        others.join();

        assertThat(committed(held)).isEqualTo(4);
    }

    private static void end(Member member, Ending ending) {
        switch (ending) {
            case UNSUBSCRIBED -> member.consumer.unsubscribe();
            case CLOSED -> member.consumer.close();
            case WOKEN -> {
                member.consumer.wakeup();
                member.consumer.unsubscribe();
            }
            case INTERRUPTED -> {
                Thread.currentThread().interrupt();
                assertThatThrownBy(member.consumer::unsubscribe).isInstanceOf(InterruptException.class);
                assertThat(Thread.interrupted())
                        .as("the interrupt is passed on")
                        .isTrue();
            }
        }
    }

    @Test
    void aTopicThatIsHeldStaysWhereItIsAndWhatIsUnderWayIsCommitted() {
        topic(1);
        send(0, 3);
        Member member = member(LONG).subscribe(topic);
        member.pollSeen(3);

        closed = true;
        send(0, 3);
        assertThat(member.staysQuiet()).isTrue();
        member.finish(0, 0, 1, 2);
        awaitCommitted(member, 0, 3);
        closed = false;
        member.pollSeen(6);
    }

    @Test
    void aMemberThatJoinsWhileTheTopicIsHeldGetsNothingOfIt() {
        topic(1);
        send(0, 3);
        closed = true;
        Member member = member(LONG).subscribe(topic);

        member.pollUntil("the partition", () -> !member.consumer.assignment().isEmpty());
        assertThat(member.staysQuiet()).isTrue();
        assertThat(member.inFlight.total()).isZero();
        closed = false;
        member.pollSeen(3);
    }

    // ---- helpers

    private Member member(Duration drain) {
        return member(new InFlight(1000, 1000), drain);
    }

    private Member member(InFlight inFlight, Duration drain) {
        Member member = new Member(group, inFlight, TrackingConsumerTest::due, held -> !closed, drain, clock);
        members.add(member);
        return member;
    }

    private static @Nullable Instant due(ConsumerRecord<?, ?> record) {
        Header header = record.headers().lastHeader(DUE);
        return header == null ? null : Instant.parse(new String(header.value(), UTF_8));
    }

    private void topic(int partitions) {
        try {
            admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1)))
                    .all()
                    .get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    private void send(int partition, int count) {
        IntStream.range(0, count)
                .forEach(i -> producer.send(new ProducerRecord<>(topic, partition, null, new byte[] {1})));
        producer.flush();
    }

    private void sendDue(int partition, int seconds) {
        var record = new ProducerRecord<byte[], byte[]>(topic, partition, null, new byte[] {1});
        record.headers()
                .add(DUE, clock.instant().plusSeconds(seconds).toString().getBytes(UTF_8));
        producer.send(record);
        producer.flush();
    }

    private void awaitCommitted(Member member, int partition, long offset) {
        member.pollUntil("the commit of " + partition + "@" + offset, () -> committed(partition) == offset);
    }

    private long committed(int partition) {
        try {
            OffsetAndMetadata offset = admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .get(new TopicPartition(topic, partition));
            return offset == null ? -1 : offset.offset();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    /** Finishes everything when, and not before, the thread of this test waits for it inside a rebalance. */
    private static Thread finishWhenDraining(Member member) {
        Thread polling = Thread.currentThread();
        return Thread.ofPlatform().daemon().start(() -> {
            Awaitility.await().atMost(LONG).until(() -> isDraining(polling));
            member.finishAll();
        });
    }

    private static boolean isDraining(Thread thread) {
        return Arrays.stream(thread.getStackTrace())
                .anyMatch(frame -> frame.getMethodName().equals("awaitNothingOpen"));
    }

    private static void pollBothUntilShared(Member one, Member two) {
        one.pollUntil("a partition each", () -> {
            two.poll();
            Set<TopicPartition> taken = two.consumer.assignment();
            return taken.size() == 1 && one.consumer.assignment().size() == 1;
        });
    }

    /** Time goes on when the test says so. */
    private static final class SetClock extends Clock {
        private Instant now = Instant.parse("2026-11-24T06:00:00Z");

        void forward(int seconds) {
            now = now.plusSeconds(seconds);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
