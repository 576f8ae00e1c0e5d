package dev.authmail.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TlsUpgradeTest extends ScriptedServerCase {
    @ParameterizedTest
    @CsvSource({"mx.b.test, true", "elsewhere.test, false"})
    void aResumedSessionKeepsWhatWasNotedAndIsNotCheckedAgain(String certified, boolean verified) throws Exception {
        server.implicitTls(AUTHORITY.validFor(certified));
        Counting counting = new Counting(TRUST.trustManager());
        TlsUpgrade upgrade = new TlsUpgrade(counting);
        SmtpServer target = target(TlsPolicy.REQUIRED);

        for (int i = 0; i < 3; i++) {
            try (Socket tcp = new Socket(server.address(), server.port());
                    SSLSocket tls = upgrade.handshake(tcp, target)) {
                assertThat(upgrade.describe(tls, target).verified()).isEqualTo(verified);
                assertThat((char) tls.getInputStream().read())
                        .as("the greeting; the tickets come before it")
                        .isEqualTo('2');
            }
        }

        assertThat(counting.checks).hasValue(1);
    }

    private static final class Counting extends X509ExtendedTrustManager {
        private final AtomicInteger checks = new AtomicInteger();
        private final X509ExtendedTrustManager trust;

        Counting(X509ExtendedTrustManager trust) {
            this.trust = trust;
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            checks.incrementAndGet();
            trust.checkServerTrusted(chain, type, socket);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
            throw new AssertionError();
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            throw new AssertionError();
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {
            throw new AssertionError();
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
            throw new AssertionError();
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
            throw new AssertionError();
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return trust.getAcceptedIssuers();
        }
    }
}
