package dev.authmail.mtasts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.address.Domain;
import dev.authmail.https.StrangersHttps;
import dev.authmail.smtp.TrustAnchors;
import dev.authmail.testkit.PolicyHost;
import dev.authmail.testkit.TestCertificates;
import dev.authmail.tlsrpt.ResultType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class HttpsPolicySourceTest {
    private static final TestCertificates AUTHORITY = new TestCertificates();
    private static final SSLContext TRUST = TrustAnchors.ofPem(AUTHORITY.pem()).sslContext();
    private static final Domain DOMAIN = new Domain("b.test");
    private static final String HOST = "mta-sts.b.test";
    private static final String POLICY = "version: STSv1\nmode: enforce\nmx: mx.b.test\nmax_age: 86400\n";
    private static final Duration SOON = Duration.ofSeconds(5);

    private @Nullable PolicyHost web;
    private @Nullable HttpsPolicySource source;

    @AfterEach
    void stop() {
        if (source != null) {
            source.close();
        }
        if (web != null) {
            web.close();
        }
    }

    private PolicyHost web(SSLContext certificate) {
        web = PolicyHost.start(certificate);
        return web;
    }

    private PolicyFetch fetch(@Nullable InetSocketAddress proxy, Duration timeout) {
        source = new HttpsPolicySource(new StrangersHttps(TRUST, proxy, timeout, host -> false));
        return source.fetch(DOMAIN);
    }

    private static void failed(PolicyFetch fetch, ResultType type, String words) {
        assertThat(fetch).isInstanceOfSatisfying(PolicyFetch.Failed.class, failed -> {
            assertThat(failed.type()).isEqualTo(type);
            assertThat(failed.detail()).contains(words);
        });
    }

    @Test
    void aPolicyIsFetchedFromItsWellKnownPlace() {
        PolicyHost host = web(AUTHORITY.validFor(HOST)).policy(HOST, POLICY);

        assertThat(fetch(host.proxy(), SOON))
                .isInstanceOfSatisfying(
                        PolicyFetch.Fetched.class,
                        fetched -> assertThat(fetched.policy().mode()).isEqualTo(StsPolicy.Mode.ENFORCE));
        assertThat(host.requests()).containsExactly(HOST + "/.well-known/mta-sts.txt");
    }

    @ParameterizedTest(name = "{4}: {0} {1}")
    @CsvSource(delimiter = '|', textBlock = """
            404 | text/plain  | POLICY | STS_POLICY_FETCH_ERROR | not there
            500 | text/plain  | POLICY | STS_POLICY_FETCH_ERROR | the server is broken
            204 | text/plain  | ''     | STS_POLICY_FETCH_ERROR | nothing
            200 | text/html   | POLICY | STS_POLICY_INVALID     | RFC 8461 §3.2: a page
            200 | text/plainx | POLICY | STS_POLICY_INVALID     | another type that begins alike
            200 | ''          | POLICY | STS_POLICY_INVALID     | no type
            200 | text/plain  | <p>hi  | STS_POLICY_INVALID     | no policy
            200 | text/plain  | LONG   | STS_POLICY_INVALID     | longer than 64 KiB
            """)
    void anythingElseIsNoPolicy(int status, String contentType, String body, ResultType type, String reason) {
        String served = switch (body) {
            case "POLICY" -> POLICY;
            case "LONG" -> POLICY + "note: " + "x".repeat(70_000) + "\n";
            default -> body;
        };
        PolicyHost host = web(AUTHORITY.validFor(HOST)).page(HOST, status, contentType, served);

        failed(fetch(host.proxy(), SOON), type, "");
    }

    @Test
    void aRedirectIsNotFollowed() {
        PolicyHost host = web(AUTHORITY.validFor(HOST, "www.b.test"))
                .redirect(HOST, "https://www.b.test/policy.txt")
                .policy("www.b.test", POLICY);

        failed(fetch(host.proxy(), SOON), ResultType.STS_POLICY_FETCH_ERROR, "302");
        assertThat(host.requests()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void aCertificateThatIsNotGoodIsToldApart(Bad certificate) {
        PolicyHost host = web(certificate.context()).policy(HOST, POLICY);

        failed(fetch(host.proxy(), SOON), ResultType.STS_WEBPKI_INVALID, HOST);
        assertThat(host.requests()).isEmpty();
    }

    enum Bad {
        EXPIRED,
        OTHER_NAME,
        SELF_SIGNED;

        SSLContext context() {
            return switch (this) {
                case EXPIRED -> AUTHORITY.expired(HOST);
                case OTHER_NAME -> AUTHORITY.validFor("b.test");
                case SELF_SIGNED -> AUTHORITY.selfSigned(HOST);
            };
        }
    }

    @Test
    void aServerThatSaysNothingIsGivenUpInTime() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            long start = System.nanoTime();
            PolicyFetch fetch = fetch(
                    new InetSocketAddress(silent.getInetAddress(), silent.getLocalPort()), Duration.ofMillis(300));

            failed(fetch, ResultType.STS_POLICY_FETCH_ERROR, "");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);
        }
    }

    @Test
    void aHostThatMayNotBeDialledIsNot() {
        failed(fetch(null, SOON), ResultType.STS_POLICY_FETCH_ERROR, "may be connected to");
    }

    @Test
    void aNameThatIsNoneForTheWebIsAFailure() {
        source = new HttpsPolicySource(new StrangersHttps(TRUST, null, SOON, host -> true));

        failed(source.fetch(new Domain("foo_bar.test")), ResultType.STS_POLICY_FETCH_ERROR, "");
    }
}
