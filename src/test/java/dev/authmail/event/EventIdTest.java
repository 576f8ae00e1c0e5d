package dev.authmail.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventIdTest {
    @Test
    void fingerprintIsHalfOfTheHash() {
        // printf 'authmail-id-v1\nregistrations-0@7' | openssl dgst -sha256 -binary | head -c16 | base64
        var fingerprint = new EventId("registrations-0@7").fingerprint();

        assertThat(fingerprint.base64url()).isEqualTo("jbCjTwuulkD_Hs_B0Pu9qQ");
        assertThat(fingerprint.base32()).isEqualTo("rwykgtylv2leb7y6z7a5b655ve");
        assertThat(EventFingerprint.of(fingerprint.octets()))
                .isEqualTo(fingerprint)
                .hasSameHashCodeAs(fingerprint);
        assertThatIllegalArgumentException().isThrownBy(() -> EventFingerprint.of(new byte[15]));
    }

    @Test
    void sourceAndIdNeverRunTogether() {
        assertThat(EventId.cloudEvent("a|b", "c")).isNotEqualTo(EventId.cloudEvent("a", "b|c"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\nb", "a\u0000", "\u2028"})
    void headerThatAuthmailCannotHaveWrittenIsNoId(String text) {
        assertThat(EventId.parse(text)).isEmpty();
        assertThat(EventId.parse("x".repeat(2000))).isEmpty();
        assertThat(EventId.parse("/s|e 1")).contains(new EventId("/s|e 1"));
    }

    @ParameterizedTest
    @CsvSource({"'',''", "f,my", "fo,mzxq", "foo,mzxw6", "foob,mzxw6yq", "fooba,mzxw6ytb", "foobar,mzxw6ytboi"})
    void base32IsThatOfRfc4648(String text, String encoded) {
        assertThat(Base32.encode(text.getBytes(UTF_8))).isEqualTo(encoded);
        assertThat(Base32.decode(encoded.toUpperCase(java.util.Locale.ROOT))).contains(text.getBytes(UTF_8));
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource({"mz, spare bits set", "m, half an octet", "mzxw6===, padding", "m1, no digit of base32", "mé, not ASCII"
    })
    void otherTextIsNoBase32(String text, String reason) {
        assertThat(Base32.decode(text)).isEmpty();
    }
}
