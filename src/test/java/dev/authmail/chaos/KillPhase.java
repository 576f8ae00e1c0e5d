package dev.authmail.chaos;

import dev.authmail.testkit.CountingSmtpServer.Gate;
import dev.authmail.testkit.CountingSmtpServer.Phase;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.awaitility.Awaitility;

/** Where in a mail's life authmail is killed. Each waits for a mail to come there and kills in that moment. */
enum KillPhase {
    /** The connection stands and nothing was said. */
    BEFORE_MAIL {
        @Override
        void strike(World world, Replica replica) {
            killAt(Phase.CONNECT, world, replica);
        }
    },
    /** The message is on its way; its final dot may be or not. */
    AFTER_DATA {
        @Override
        void strike(World world, Replica replica) {
            killAt(Phase.DATA, world, replica);
        }
    },
    /** The server has the mail and has not said so. */
    BEFORE_250 {
        @Override
        void strike(World world, Replica replica) {
            killAt(Phase.DOT, world, replica);
        }
    },
    /** authmail knows that the mail is taken, and cannot write it down: the brokers stand still. */
    BEFORE_LEDGER {
        @Override
        void strike(World world, Replica replica) {
            AtomicBoolean begun = new AtomicBoolean();
            AtomicBoolean frozen = new AtomicBoolean();
            CountDownLatch answered = new CountDownLatch(1);
            try {
                world.relay.gate((phase, recipient) -> {
                    if (phase == Phase.DOT && begun.compareAndSet(false, true)) {
                        world.cluster.freeze();
                        frozen.set(true);
                        return null;
                    }
                    if (phase == Phase.ANSWERED && frozen.get()) {
                        answered.countDown();
                    }
                    return null;
                });
                await(answered);
                World.pass(Duration.ofMillis(
                        100)); // in which authmail reads the 250 and hands the outcome to its producer
                replica.process().kill();
            } finally {
                world.relay.gate(Gate.OPEN);
                world.cluster.thaw();
            }
        }
    },
    /** The ledger has the mail, and the offset cannot be committed: a mail before it is under way. */
    BEFORE_COMMIT {
        @Override
        void strike(World world, Replica replica) {
            AtomicReference<String> held = new AtomicReference<>();
            CountDownLatch killed = new CountDownLatch(1);
            world.relay.gate((phase, recipient) -> {
                if (phase == Phase.RCPT && held.compareAndSet(null, recipient)) {
                    killed.await();
                }
                return null;
            });
            try {
                Awaitility.await("a mail behind the held one to stand in the ledger")
                        .pollInterval(Duration.ofMillis(2))
                        .atMost(LIMIT)
                        .until(() -> held.get() != null && isOneBehindAccepted(world, held.get()));
                replica.process().kill();
            } finally {
                world.relay.gate(Gate.OPEN);
                killed.countDown();
            }
        }
    };

    private static final Duration LIMIT = Duration.ofMinutes(3);

    /** Kills the replica at the next mail that is in this phase. */
    abstract void strike(World world, Replica replica);

    private static void killAt(Phase wanted, World world, Replica replica) {
        CountDownLatch killed = new CountDownLatch(1);
        AtomicBoolean struck = new AtomicBoolean();
        world.relay.gate((phase, recipient) -> {
            if (phase == wanted && struck.compareAndSet(false, true)) {
                replica.process().kill();
                killed.countDown();
            }
            return null;
        });
        try {
            await(killed);
        } finally {
            world.relay.gate(Gate.OPEN);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("no mail came to that phase");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean isOneBehindAccepted(World world, String heldRecipient) {
        RecordMetadata held = world.load().position(world.load().events().get(heldRecipient));
        return held != null
                && world.relay.taken().keySet().stream()
                        .map(recipient -> world.load().events().get(recipient))
                        .filter(event -> isBehind(world.load().position(event), held))
                        .anyMatch(world.watch()::isAccepted);
    }

    private static boolean isBehind(RecordMetadata one, RecordMetadata other) {
        return one != null && one.partition() == other.partition() && one.offset() > other.offset();
    }
}
