package dev.authmail.kafka;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.WakeupException;

/**
 * Ends a poll that lasts longer than it may. Kafka measures a poll by the wall clock: one that is under way while the clock
 * is put back by an hour lasts an hour.
 */
final class PollAlarm {
    private static final ScheduledThreadPoolExecutor ALARMS = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("authmail-poll-alarm").factory());

    static {
        ALARMS.setRemoveOnCancelPolicy(true);
    }

    private final Runnable wakeup;
    private final AtomicBoolean rang = new AtomicBoolean();

    /** @param wakeup of the consumer that polls */
    PollAlarm(Runnable wakeup) {
        this.wakeup = wakeup;
    }

    /**
     * What a poll brings.
     *
     * @param time how long it may last, on the monotonic clock
     * @param poll the poll
     * @param nothing what a poll brings that was ended
     * @throws WakeupException when somebody else ended it
     */
    <T> T within(Duration time, Supplier<T> poll, Supplier<T> nothing) {
        Future<?> alarm = ALARMS.schedule(this::ring, time.toNanos(), TimeUnit.NANOSECONDS);
        try {
            return poll.get();
        } catch (WakeupException woken) {
            if (rang.getAndSet(false)) {
                return nothing.get();
            }
            throw woken;
        } finally {
            alarm.cancel(false);
        }
    }

    private void ring() {
        rang.set(true);
        wakeup.run();
    }
}
