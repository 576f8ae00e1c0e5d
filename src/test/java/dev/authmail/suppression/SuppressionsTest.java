package dev.authmail.suppression;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.address.MailAddress;
import dev.authmail.address.ParsedAddress;
import dev.authmail.delivery.UserState;
import dev.authmail.keys.HmacKey;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuppressionsTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final SuppressionKeys KEYS = new SuppressionKeys(Map.of("2026-11", key(1)));
    private final Suppressions suppressions = new Suppressions(KEYS, Clock.fixed(NOW, ZoneOffset.UTC));

    @ParameterizedTest(name = "{0}: {1}, {2}")
    @CsvSource(textBlock = """
            hanako@example.test,  true,  as it was suppressed
            Hanako@Example.TEST,  true,  the same mailbox in other letters
            hanako@xn--r8jz45g.jp, false, another domain
            hanak0@example.test,  false, another mailbox
            """)
    void anAddressIsSuppressed(String address, boolean suppressed, String reason) {
        learn("hanako@example.test", null);

        assertThat(suppressions.of(address(address)).isPresent()).as(reason).isEqualTo(suppressed);
    }

    @Test
    void theSameDomainInItsTwoFormsIsOne() {
        learn("hanako@例え.jp", null);

        assertThat(suppressions.of(address("hanako@xn--r8jz45g.jp"))).isPresent();
    }

    @ParameterizedTest(name = "until {0}: {1}")
    @CsvSource({"2026-11-24T12:00:00.001Z, true", "2026-11-24T12:00:00Z, false", "2026-11-23T00:00:00Z, false"})
    void itEndsByItself(Instant until, boolean inForce) {
        learn("hanako@example.test", until);

        assertThat(suppressions.of(address("hanako@example.test")).isPresent()).isEqualTo(inForce);
    }

    @Test
    void aTombstoneLifts() {
        learn("hanako@example.test", null);
        suppressions.learn(KEYS.key(address("hanako@example.test")), (byte[]) null);

        assertThat(suppressions.of(address("hanako@example.test"))).isEmpty();
        assertThat(suppressions.size()).isZero();
    }

    @Test
    void entriesOfAnOldKeyAreStillRead() {
        SuppressionKeys old = new SuppressionKeys(Map.of("2026-09", key(9)));
        Suppressions rotated = new Suppressions(
                new SuppressionKeys(Map.of("2026-09", key(9), "2026-11", key(1))), Clock.fixed(NOW, ZoneOffset.UTC));
        rotated.learn(old.key(address("hanako@example.test")), entry(null).toJson());

        assertThat(rotated.of(address("hanako@example.test"))).contains(entry(null));
        assertThat(rotated.key(address("hanako@example.test"))).contains(KEYS.key(address("hanako@example.test")));
    }

    @Test
    void withoutKeysNobodyIsSuppressed() {
        Suppressions off = new Suppressions(null, Clock.fixed(NOW, ZoneOffset.UTC));
        off.learn(KEYS.key(address("hanako@example.test")), entry(null).toJson());

        assertThat(off.of(address("hanako@example.test"))).isEmpty();
        assertThat(off.key(address("hanako@example.test"))).isEmpty();
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', textBlock = """
            {                                                                                  | no JSON
            {"reason":"because","userState":"address-unknown","since":"2026-11-24T12:00:00Z"}  | an unknown reason
            {"reason":"bounced","userState":"gone","since":"2026-11-24T12:00:00Z"}             | an unknown state
            {"reason":"bounced","userState":"address-unknown","since":"yesterday"}             | no time
            {"reason":"bounced","userState":"address-unknown"}                                 | without a time
            """)
    void whatIsNoEntryChangesNothing(String value, String reason) {
        learn("hanako@example.test", null);
        suppressions.learn(KEYS.key(address("hanako@example.test")), value.getBytes(UTF_8));

        assertThat(suppressions.of(address("hanako@example.test"))).as(reason).contains(entry(null));
    }

    @ParameterizedTest
    @CsvSource({"REJECTED, false", "BOUNCED, false", "MANUAL, false", "COMPLAINED, true"})
    void onlyAComplaintOutlivesTheWordOfTheUser(SuppressionReason reason, boolean outlives) {
        assertThat(new Suppression(reason, UserState.ADDRESS_REFUSED, NOW, null).outlivesConfirmation())
                .isEqualTo(outlives);
    }

    @Test
    void theKeyOfARecordNamesNobody() {
        assertThat(KEYS.key(address("hanako@example.test")))
                .matches("[A-Za-z0-9_-]{22}")
                .isNotEqualTo(new SuppressionKeys(Map.of("2026-11", key(2))).key(address("hanako@example.test")));
    }

    private void learn(String address, @Nullable Instant until) {
        suppressions.learn(KEYS.key(address(address)), entry(until).toJson());
    }

    private static Suppression entry(@Nullable Instant until) {
        return new Suppression(SuppressionReason.BOUNCED, UserState.ADDRESS_UNKNOWN, NOW.minusSeconds(60), until);
    }

    private static MailAddress address(String text) {
        return ((ParsedAddress.Valid) MailAddress.parse(text)).address();
    }

    private static HmacKey key(int octet) {
        byte[] octets = new byte[32];
        Arrays.fill(octets, (byte) octet);
        return new HmacKey(octets);
    }
}
