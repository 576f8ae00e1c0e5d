package dev.authmail.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.authmail.address.MailAddress;
import dev.authmail.address.ParsedAddress;
import dev.authmail.event.EventId;
import dev.authmail.event.RegistrationEvent;
import dev.authmail.keys.HmacKey;
import dev.authmail.testkit.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MailLimitsTest {
    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-24T06:00:00Z"));

    @Test
    void soManyAtOnceAndThenEvenly() {
        MailLimits limits = limits(10, 0, 0, Duration.ZERO);
        for (int i = 0; i < 10; i++) {
            assertThat(limits.admit(event("u" + i, "a@b.test"), null)).isEmpty();
        }
        assertThat(limits.admit(event("u", "a@b.test"), null)).contains(MailLimit.RECIPIENT);
        assertThat(limits.admit(event("u", "other@b.test"), null))
                .as("another one")
                .isEmpty();

        clock.move(Duration.ofMinutes(6));
        assertThat(limits.admit(event("u", "a@b.test"), null))
                .as("what was refused was not counted")
                .isEmpty();
        assertThat(limits.admit(event("u", "a@b.test"), null)).contains(MailLimit.RECIPIENT);
        clock.move(Duration.ofHours(1));
        for (int i = 0; i < 10; i++) {
            assertThat(limits.admit(event("u" + i, "a@b.test"), null)).isEmpty();
        }
    }

    @ParameterizedTest(name = "{0} and {1}: one mailbox: {2}")
    @CsvSource({
        "a@b.test, A@B.test, true",
        "a@b.test, a+1@b.test, true",
        "a@b.test, a.b@b.test, false",
        "ab@gmail.com, a.b+x@gmail.com, true",
        "a@b.test, a@c.test, false",
        "+a@b.test, +b@b.test, false"
    })
    void aMailboxIsKnownInManyWays(String first, String second, boolean same) {
        MailLimits limits = limits(1, 0, 0, Duration.ZERO);
        limits.admit(event("u", first), null);

        assertThat(limits.admit(event("u", second), null))
                .isEqualTo(same ? Optional.of(MailLimit.RECIPIENT) : Optional.empty());
    }

    @Test
    void domainSourceAndCoolDown() {
        MailLimits limits = limits(0, 2, 3, Duration.ofSeconds(30));
        assertThat(limits.admit(event("u1", "a@b.test"), "198.51.100.1")).isEmpty();
        assertThat(limits.admit(event("u1", "a@c.test"), "198.51.100.2")).contains(MailLimit.RESEND);
        assertThat(limits.admit(event("u2", "b@b.test"), "198.51.100.1")).isEmpty();
        assertThat(limits.admit(event("u3", "c@b.test"), "198.51.100.2")).contains(MailLimit.DOMAIN);
        assertThat(limits.admit(event("u4", "c@c.test"), "198.51.100.1")).isEmpty();
        assertThat(limits.admit(event("u5", "c@d.test"), "198.51.100.1")).contains(MailLimit.SOURCE);
        assertThat(limits.admit(event("u5", "c@d.test"), null))
                .as("of no known source")
                .isEmpty();
        clock.move(Duration.ofSeconds(30));
        assertThat(limits.admit(event("u1", "a@e.test"), null)).isEmpty();
    }

    @Test
    void memoryIsBounded() {
        Pacer pacer = new Pacer(1000, 1, 100);
        for (long key = 0; key < 10_000; key++) {
            pacer.count(key, 0);
        }
        assertThat(pacer.size()).isEqualTo(100);
        assertThat(pacer.allows(9_999, 0)).isFalse();
    }

    @Test
    void aNegativeLimitIsRefused() {
        assertThatThrownBy(() -> new LimitSettings(-1, 0, 0, Duration.ZERO, 1)).hasMessageContaining("0, for none");
    }

    private MailLimits limits(int recipient, int domain, int source, Duration coolDown) {
        return new MailLimits(
                new LimitSettings(recipient, domain, source, coolDown, 1000), new HmacKey(new byte[32]), clock);
    }

    private static RegistrationEvent event(String user, String email) {
        MailAddress address = ((ParsedAddress.Valid) MailAddress.parse(email)).address();
        return new RegistrationEvent(
                new EventId("e"),
                RegistrationEvent.Kind.REGISTERED,
                user,
                address,
                email,
                null,
                Locale.ENGLISH,
                "verify-email",
                null,
                false,
                Instant.EPOCH);
    }
}
