package dev.authmail.camel;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.authmail.smtp.TrustAnchors;
import dev.authmail.testkit.MailboxServer;
import dev.authmail.testkit.TestCertificates;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoundTripMailboxTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String OURS = "Subject: [authmail doctor k7j2mark] Hello\n\nwords\n";
    private static final String BY_ID = "Message-ID: <k7j2mark@a.test>\nSubject: Hello\n\nwords\n";
    private static final String ANOTHER = "Subject: [authmail doctor otherone] Hello\n\nk7j2mark\n";

    private static MailboxServer server;

    @BeforeAll
    static void start() {
        server = MailboxServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void empty() {
        server.empty();
    }

    private static RoundTripMailbox mailbox(String protocol, String folder, String secret) {
        Properties properties = new Properties();
        properties.put(
                "mail." + protocol + ".ssl.socketFactory",
                TrustAnchors.ofPem(MailboxServer.trustBeside(new TestCertificates().pem()))
                        .sslContext()
                        .getSocketFactory());
        return new RoundTripMailbox(
                new RoundTripMailbox.Server(protocol, "localhost", server.port(protocol), folder),
                properties,
                new MailboxLogin(MailboxServer.USER, () -> secret));
    }

    private static Optional<String> await(String protocol, Duration limit) throws IOException {
        return mailbox(protocol, "INBOX", MailboxServer.SECRET)
                .await("k7j2mark", limit)
                .map(octets -> new String(octets, ISO_8859_1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"imaps", "pop3s"})
    void ourMailIsTakenOutAndNoOtherIsTouched(String protocol) throws IOException {
        server.deliver(ANOTHER);
        server.deliver(OURS);

        assertThat(await(protocol, SOON))
                .hasValueSatisfying(mail -> assertThat(mail)
                        .contains("Subject: [authmail doctor k7j2mark] Hello\r\n")
                        .contains("\r\n\r\nwords"));
        assertThat(server.subjectsIn("INBOX")).containsExactly("[authmail doctor otherone] Hello");
    }

    @Test
    void aMailWhoseSubjectWasReplacedIsKnownByItsMessageId() throws IOException {
        server.deliver(BY_ID);

        assertThat(await("imaps", SOON)).isPresent();
    }

    @Test
    void aMailThatComesWhileItIsWaitedForIsSeen() throws IOException {
        Thread.startVirtualThread(() -> server.deliver(OURS));

        assertThat(await("imaps", SOON)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"imaps", "pop3s"})
    void whatDoesNotComeIsNotThere(String protocol) throws IOException {
        server.deliver(ANOTHER);

        assertThat(await(protocol, Duration.ofMillis(1))).isEmpty();
        assertThat(server.subjectsIn("INBOX")).hasSize(1);
    }

    @Test
    void whyItCannotBeReadIsSaidWithoutTheSecret() {
        assertThatThrownBy(() -> mailbox("imaps", "INBOX", "hush-hush").await("k7j2mark", SOON))
                .isInstanceOf(IOException.class)
                .hasMessage("the login was refused");
        assertThatThrownBy(() ->
                        mailbox("imaps", "Elsewhere", MailboxServer.SECRET).await("k7j2mark", SOON))
                .hasMessage("there is no folder Elsewhere");
    }
}
