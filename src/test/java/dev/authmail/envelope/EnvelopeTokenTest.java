package dev.authmail.envelope;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.authmail.address.Domain;
import dev.authmail.address.MailAddress;
import dev.authmail.event.EventId;
import dev.authmail.keys.HmacKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeTokenTest {
    private static final EventId EVENT = new EventId("registrations-0@7");
    private static final EnvelopeKeys KEYS = new EnvelopeKeys(Map.of(2, key(2), 11, key(11)));

    /** Made with Python's hmac, hashlib and base64 by the words of the design. */
    private static final String TOKEN = "dnis3dnqunhqxluwid7r5t6b2d533kpnencg6d7klhgxtqa";

    @TempDir
    Path folder;

    @Test
    void reversePathCarriesTheTokenOfTheDesign() {
        var reversePath = sender("2026-11-24T23:59:59Z", KEYS).reversePath(EVENT);

        assertThat(reversePath).isEqualTo(new MailAddress("bounce+" + TOKEN, new Domain("bounce.example.test")));
        assertThat(reversePath.localPart().getBytes(UTF_8)).hasSizeLessThanOrEqualTo(64);
    }

    @ParameterizedTest
    @ValueSource(strings = {TOKEN, "bounce+" + TOKEN, "BOUNCE+" + TOKEN})
    void tokenIsReadInEitherCase(String text) {
        var genuine = new EnvelopeToken.Genuine(EVENT.fingerprint(), LocalDate.parse("2026-11-24"));

        assertThat(EnvelopeToken.read(text, KEYS)).isEqualTo(genuine);
        assertThat(EnvelopeToken.read(text.toUpperCase(Locale.ROOT), KEYS)).isEqualTo(genuine);
    }

    @Test
    void everyChangedCharacterIsNoticed() {
        for (int i = 0; i < TOKEN.length(); i++) {
            char other = TOKEN.charAt(i) == 'a' ? 'b' : 'a';
            var changed = TOKEN.substring(0, i) + other + TOKEN.substring(i + 1);

            assertThat(EnvelopeToken.read(changed, KEYS)).as(changed).isNotInstanceOf(EnvelopeToken.Genuine.class);
        }
    }

    @Test
    void tokenOfAnotherKeyIsForged() {
        assertThat(EnvelopeToken.read(TOKEN, new EnvelopeKeys(Map.of(11, key(3)))))
                .isInstanceOf(EnvelopeToken.Forged.class);
        assertThat(EnvelopeToken.read(TOKEN, new EnvelopeKeys(Map.of(2, key(2)))))
                .isInstanceOf(EnvelopeToken.Forged.class);
    }

    @Test
    void olderKeyIsReadUntilItsFileGoes() {
        var old = sender("2026-11-01T00:00:00Z", new EnvelopeKeys(Map.of(2, key(2))))
                .reversePath(EVENT);

        assertThat(EnvelopeToken.read(old.localPart(), KEYS))
                .isEqualTo(new EnvelopeToken.Genuine(EVENT.fingerprint(), LocalDate.parse("2026-11-01")));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"1970-01-01", "2059-09-18", "2149-06-06"})
    void dayIsAnUnsignedNumberOf16Bits(LocalDate day) {
        var address = sender(day + "T12:00:00Z", KEYS).reversePath(EVENT);

        assertThat(EnvelopeToken.read(address.localPart(), KEYS))
                .isEqualTo(new EnvelopeToken.Genuine(EVENT.fingerprint(), day));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "bounce",
                "bounce+",
                "+",
                "postmaster",
                TOKEN + "a",
                "bounce+" + TOKEN + "@bounce.example.test",
                "00000000000000000000000000000000000000000000000",
                "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz",
                "caaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
            })
    void whatIsNoTokenIsMalformed(String text) {
        assertThat(EnvelopeToken.read(text, KEYS)).isInstanceOf(EnvelopeToken.Malformed.class);
    }

    @Test
    void keysAreNumberedByTheirFiles() throws Exception {
        Files.writeString(folder.resolve("2.key"), "A".repeat(43));
        Files.writeString(folder.resolve("10.key"), "A".repeat(43));

        assertThat(EnvelopeKeys.read(folder)).hasToString("EnvelopeKeys[2, 10]");
        assertThat(EnvelopeKeys.read(folder).newest()).isEqualTo(10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"16", "-1", "01", "a", "1.0"})
    void misnamedKeyStopsTheStart(String name) throws Exception {
        Files.writeString(folder.resolve(name + ".key"), "A".repeat(43));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> EnvelopeKeys.read(folder))
                .withMessageContaining("0.key to 15.key");
    }

    @Test
    void keysWithoutAKeyAreNone() {
        assertThatIllegalArgumentException().isThrownBy(() -> new EnvelopeKeys(Map.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> new EnvelopeKeys(Map.of(16, key(1))));
    }

    private static EnvelopeSender sender(String now, EnvelopeKeys keys) {
        var clock = Clock.fixed(Instant.parse(now), ZoneOffset.UTC);
        return new EnvelopeSender(new Domain("bounce.example.test"), keys, clock);
    }

    private static HmacKey key(int fill) {
        var secret = new byte[32];
        java.util.Arrays.fill(secret, (byte) fill);
        return new HmacKey(secret);
    }
}
