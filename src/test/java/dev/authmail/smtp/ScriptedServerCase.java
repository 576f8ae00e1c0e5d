package dev.authmail.smtp;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.authmail.address.Domain;
import dev.authmail.address.MailAddress;
import dev.authmail.mail.SignedMessage;
import dev.authmail.testkit.ScriptedSmtpServer;
import dev.authmail.testkit.TestCertificates;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;

/** A scripted server, a client that trusts the test authority, and one mail. */
abstract class ScriptedServerCase {
    static final String HOST = "mx.b.test";
    static final TestCertificates AUTHORITY = new TestCertificates();
    static final TrustAnchors TRUST = TrustAnchors.ofPem(AUTHORITY.pem());
    static final SignedMessage HELLO = message("Subject: hello\r\n\r\nhello\r\n");
    static final Envelope ENVELOPE = envelope("user");

    final ScriptedSmtpServer server = ScriptedSmtpServer.start();

    @AfterEach
    void stop() {
        server.close();
    }

    static SmtpClient client(Timeouts timeouts) {
        return new SmtpClient(new SmtpClientSettings("out.a.test", timeouts, TRUST, null));
    }

    static SmtpClient client() {
        return client(Timeouts.DEFAULT);
    }

    SmtpServer target(TlsPolicy policy) {
        return new SmtpServer(HOST, server.address(), server.port(), policy, null);
    }

    SmtpServer target(TlsPolicy policy, String username, String password) {
        return new SmtpServer(HOST, server.address(), server.port(), policy, new Credentials(username, password));
    }

    Transaction offer(TlsPolicy policy) {
        return offer(target(policy));
    }

    Transaction offer(SmtpServer target) {
        return client().offer(target, ENVELOPE, HELLO, soon());
    }

    Transaction offer(SignedMessage message) {
        return client().offer(target(TlsPolicy.NONE), ENVELOPE, message, soon());
    }

    /** The TLS session that there must be. */
    static TlsSession tlsOf(Transaction transaction) {
        return Objects.requireNonNull(transaction.tls(), "no TLS");
    }

    static Deadline soon() {
        return Deadline.in(Duration.ofSeconds(10));
    }

    static Envelope envelope(String localPart) {
        return new Envelope(address("bounce", "a.test"), address(localPart, "b.test"));
    }

    static MailAddress address(String localPart, String domain) {
        return new MailAddress(localPart, new Domain(domain));
    }

    static SignedMessage message(String text) {
        return new SignedMessage(text.getBytes(UTF_8));
    }
}
