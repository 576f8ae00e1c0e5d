package dev.authmail.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.traffic.Admission.Denied;
import dev.authmail.traffic.Admission.Permit;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RatesTest {
    private static final Destination SERVER = Destinations.to("192.0.2.1");
    private static final Destination OTHER_PROVIDER = Destinations.of("other.test", "192.0.2.2");

    private final TestClock clock = new TestClock();

    @ParameterizedTest(name = "{0} a minute: {1} at once, then one each {2} ms")
    @CsvSource(textBlock = """
            60,   10, 1000,  as many at once as come in ten seconds
            600, 100, 100,   the same
            6,     1, 10000, one each ten seconds
            1,     1, 60000, never fewer than one
            """)
    void mailsGoEvenly(int perMinute, int atOnce, int millis, String reason) {
        Rates rates = new Rates(provider -> perMinute, clock);

        assertThat(admitted(rates)).as(reason).isEqualTo(atOnce);
        for (int i = 0; i < 3; i++) {
            clock.advance(Duration.ofMillis(millis - 1));
            assertThat(rates.ask(SERVER)).isInstanceOf(Denied.class);
            clock.advance(Duration.ofMillis(1));
            assertThat(admitted(rates)).isEqualTo(1);
        }
        clock.advance(Duration.ofHours(1));
        assertThat(admitted(rates)).as("a pause gives no more").isEqualTo(atOnce);
    }

    @Test
    void whatIsOverIsToldWhenItMayGo() {
        Rates rates = new Rates(provider -> 60, clock);
        admitted(rates);
        clock.advance(Duration.ofMillis(300));

        Denied denied = (Denied) rates.ask(SERVER);

        assertThat(denied.cause()).isEqualTo(Admission.Cause.LIMITED);
        assertThat(denied.why()).isEqualTo("example.test gets no more than 60 mails a minute");
        assertThat(denied.retryAfter()).hasMillis(700);
        assertThat(rates.ask(OTHER_PROVIDER)).isInstanceOf(Permit.class);
    }

    @Test
    void aMailThatWasNotOfferedIsNotCounted() {
        Rates rates = new Rates(provider -> 1, clock);
        ((Permit) rates.ask(SERVER)).ended(new Reception.NotAsked());

        assertThat(rates.ask(SERVER)).isInstanceOf(Permit.class);
        assertThat(rates.ask(SERVER)).isInstanceOf(Denied.class);
    }

    @Test
    void zeroIsNoLimit() {
        Rates rates = new Rates(provider -> 0, clock);

        for (int i = 0; i < 10_000; i++) {
            assertThat(rates.ask(SERVER)).isInstanceOf(Permit.class);
        }
    }

    private int admitted(Rates rates) {
        int count = 0;
        while (rates.ask(SERVER) instanceof Permit permit) {
            permit.ended(new Reception.Accepted());
            count++;
        }
        return count;
    }
}
