package dev.authmail.authurl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.authmail.address.Domain;
import dev.authmail.address.MailAddress;
import dev.authmail.authurl.AuthUrlVerifier.Verification;
import dev.authmail.event.EventId;
import dev.authmail.event.RegistrationEvent;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthUrlSignerTest {
    private static final Map<String, String> PATHS = Map.of("verify-email", "/verify");
    private static final byte[] SECRET = new byte[32];

    @Test
    void longestEventOfAllStillFits() {
        var event = event("\uFFFD".repeat(256), "/" + "\uFFFD".repeat(511));

        var url = signer("https://app.example.test", PATHS).sign(event);

        var target = url.value().substring("https://app.example.test".length());
        assertThat(Vectors.keys().verifier(Vectors.ORIGIN, Vectors.CLOCK).verify(target, "verify-email"))
                .isInstanceOf(Verification.Valid.class);
        assertThat(url.value()).matches("[!-~]+");
    }

    @Test
    void linkIsSecretInEveryTextForm() {
        var url = signer("https://app.example.test", PATHS).sign(event("u-1", "/"));

        assertThat(url.toString()).isEqualTo("AuthUrl[***, expires=" + url.expires() + "]");
        assertThat(new UrlKey("a", SECRET).toString() + Vectors.keys())
                .isEqualTo("UrlKey[kid=a, hmac=HmacKey[***]]UrlKeys[2026-09, 2026-11]");
    }

    @Test
    void aLinkThatIsShownToOthersIsNotGood() {
        var url = signer("https://app.example.test", PATHS)
                .sign(event("u-1", "/"))
                .withheld();

        assertThat(url.value()).endsWith("&sig=withheld");
        assertThat(Vectors.keys()
                        .verifier(Vectors.ORIGIN, Vectors.CLOCK)
                        .verify(url.value().substring("https://app.example.test".length()), "verify-email"))
                .isInstanceOf(Verification.Invalid.class);
    }

    @Test
    void purposeWithoutALandingPathIsKnownBeforeSigning() {
        var signer = signer("https://app.example.test", Map.of("reset", "/reset"));

        assertThat(signer.knows("reset")).isTrue();
        assertThat(signer.knows("verify-email")).isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> signer.sign(event("u-1", "/")))
                .withMessageContaining("verify-email");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://app.example.test",
                "ftp://app.example.test",
                "https://app.example.test/base",
                "https://app.example.test?x",
                "https://app.example.test/#f",
                "https://user@app.example.test",
                "app.example.test",
                "https:///x",
                "//app.example.test",
                "https://app.example.test//"
            })
    void originThatIsNoneStopsTheStart(String origin) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> signer(origin, PATHS))
                .withMessageContaining("origin");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://app.example.test", "https://app.example.test/", "https://app.example.test:8443",
                "http://localhost:8080", "http://127.0.0.1", "http://[::1]:8080"
            })
    void originIsHostAndPort(String origin) {
        var url = signer(origin, PATHS).sign(event("u-1", "/"));

        assertThat(url.value()).startsWith(origin.replaceFirst("/$", "") + "/verify?uid=u-1&ah=");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"", "verify", "//evil.test", "/a?b", "/a#b", "/a b", "/確認", "/%zz"})
    void landingPathThatIsNoneStopsTheStart(String path) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> signer("https://app.example.test", Map.of("verify-email", path)))
                .withMessageContaining("landing path of verify-email");
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource({"'', empty", "a.b, a dot", "a&b, an ampersand", "123456789012345678901234567890123, 33 characters"})
    void nameOfAKeyGoesIntoTheUrlAsItIs(String kid, String reason) {
        assertThatIllegalArgumentException().isThrownBy(() -> new UrlKey(kid, SECRET));
    }

    @Test
    void brokenKeysStopTheStart() {
        var key = new UrlKey("a", SECRET);

        assertThatIllegalArgumentException().isThrownBy(() -> new UrlKey("a", new byte[31]));
        assertThatIllegalArgumentException().isThrownBy(() -> new UrlKeys(List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> new UrlKeys(List.of(key, key)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AuthUrlVerifier(Vectors.ORIGIN, Map.of(), Vectors.CLOCK));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AuthUrlVerifier(Vectors.ORIGIN, Map.of("a", new byte[31]), Vectors.CLOCK));
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new AuthUrlSigner(Vectors.ORIGIN, PATHS, Vectors.keys(), Duration.ZERO, Vectors.CLOCK));
    }

    private static AuthUrlSigner signer(String origin, Map<String, String> paths) {
        return new AuthUrlSigner(URI.create(origin), paths, Vectors.keys(), Duration.ofHours(1), Vectors.CLOCK);
    }

    private static RegistrationEvent event(String userId, String continueTo) {
        return new RegistrationEvent(
                new EventId("e"),
                RegistrationEvent.Kind.REGISTERED,
                userId,
                new MailAddress("a", new Domain("example.test")),
                "a@example.test",
                null,
                Locale.ENGLISH,
                "verify-email",
                continueTo,
                false,
                Instant.EPOCH);
    }
}
