package dev.authmail.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "two words", "a\r\nMAIL", "例え.jp", "[::1"})
    void aWrongEhloNameStopsTheStart(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SmtpClientSettings.of(name))
                .withMessageContaining("EHLO name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mail.example.jp", "[192.0.2.1]", "[IPv6:2001:db8::1]", "localhost"})
    void namesAndAddressLiteralsAreFine(String name) {
        assertThat(SmtpClientSettings.of(name).ehloName()).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({"0, 1, 1", "1, 0, 1", "1, 1, 0"})
    void aPoolWithoutConnectionsStopsTheStart(int perServer, int total, int messages) {
        Duration second = Duration.ofSeconds(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PoolSettings(perServer, total, second, messages, second, second));
    }

    @Test
    void aPasswordWithItsLineBreakStopsTheStart() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Credentials("relay-user", "s3cret\n"))
                .withMessageContaining("line break")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("s3cret"));
    }

    @Test
    void aBundleWithoutCertificatesStopsTheStart(@TempDir Path folder) throws Exception {
        Path empty = Files.writeString(folder.resolve("ca.pem"), "");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> TrustAnchors.ofPem(empty))
                .withMessageContaining("ca.pem");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TrustAnchors.ofPem(folder.resolve("absent.pem")))
                .withMessageContaining("absent.pem");
    }

    @Test
    void aBundleCanBeAddedToTheAnchorsOfTheJvm() {
        int jvm = TrustAnchors.ofJvm().trustManager().getAcceptedIssuers().length;

        assertThat(TrustAnchors.ofJvmAnd(ScriptedServerCase.AUTHORITY.pem())
                        .trustManager()
                        .getAcceptedIssuers())
                .hasSize(jvm + 1);
        assertThat(ScriptedServerCase.TRUST.trustManager().getAcceptedIssuers()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void everyPhaseHasALimit(SmtpPhase phase) {
        assertThat(Timeouts.DEFAULT.of(phase)).isBetween(Duration.ofSeconds(1), Duration.ofMinutes(10));
    }
}
