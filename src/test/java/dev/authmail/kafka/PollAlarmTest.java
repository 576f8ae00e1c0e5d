package dev.authmail.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.WakeupException;
import org.junit.jupiter.api.Test;

class PollAlarmTest {
    private static final Duration SHORT = Duration.ofMillis(50);
    private static final Duration LONG = Duration.ofSeconds(30);

    private final CountDownLatch woken = new CountDownLatch(1);
    private final PollAlarm alarm = new PollAlarm(woken::countDown);

    @Test
    void aPollInTimeIsLeftAlone() {
        assertThat(alarm.within(LONG, () -> "records", () -> "nothing")).isEqualTo("records");
        assertThat(woken.getCount()).isOne();
    }

    @Test
    void aPollThatLastsTooLongIsWokenAndBringsNothing() {
        assertThat(alarm.within(SHORT, this::stuckUntilWoken, () -> "nothing")).isEqualTo("nothing");
    }

    @Test
    void whoElseWakesItMeansIt() {
        woken.countDown();

        assertThatThrownBy(() -> alarm.within(LONG, this::stuckUntilWoken, () -> "nothing"))
                .isInstanceOf(WakeupException.class);
    }

    private String stuckUntilWoken() {
        try {
            assertThat(woken.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        throw new WakeupException();
    }
}
