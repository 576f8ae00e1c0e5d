package dev.authmail.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ScriptedSmtpServerTest {
    private final ScriptedSmtpServer server = ScriptedSmtpServer.start();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void withoutAScriptItIsAGoodServer() throws IOException {
        server.withhold("8BITMIME")
                .withhold("SMTPUTF8")
                .withhold("ENHANCEDSTATUSCODES")
                .offer("SIZE 1000");

        assertThat(say("EHLO me", "MAIL FROM:<a@a.test>", "RCPT TO:<b@b.test>", "DATA", "..x", ".", "QUIT"))
                .isEqualTo("""
                        220 scripted.test ESMTP
                        250-scripted.test
                        250-PIPELINING
                        250 SIZE 1000
                        250 2.1.0 sender ok
                        250 2.1.5 recipient ok
                        354 go on
                        250 2.0.0 queued as 1
                        221 2.0.0 bye
                        """);
        assertThat(server.mails().getFirst().text()).isEqualTo(".x\r\n");
        assertThat(server.transcript()).contains("1 C: MAIL FROM:<a@a.test>", "1 S: 354 go on");
    }

    @Test
    void commandsOutOfOrderAreRefused() throws IOException {
        assertThat(say("MAIL FROM:<a@a.test>", "EHLO me", "DATA", "RCPT TO:<b@b.test>", "STARTTLS", "XYZZY", "QUIT"))
                .contains("503 5.5.1 EHLO first", "503 5.5.1 RCPT first", "503 5.5.1 MAIL first", "502", "500");
    }

    @Test
    void theNewestReactionThatHasTimesLeftHolds() throws IOException {
        server.on("NOOP").reply("250 first");
        server.on("noop").reply("250 second").times(1);

        assertThat(say("NOOP", "NOOP", "QUIT"))
                .isEqualTo("220 scripted.test ESMTP\n250 second\n250 first\n221 2.0.0 bye\n");
    }

    @Test
    void aReactionCanAnswerAndHangUp() throws IOException {
        server.on("NOOP").reply("421-bye", "421 bye").close();

        assertThat(say("NOOP", "NOOP")).isEqualTo("220 scripted.test ESMTP\n421-bye\n421 bye\n");
    }

    @Test
    void aDrippingServerTakesItsTimeForEachOctet() throws IOException {
        server.onConnect().reply("220 x").drip(Duration.ofMillis(20));
        long start = System.nanoTime();

        say("QUIT");

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(7 * 20));
    }

    @Test
    void twoServersShareAPortOnTwoAddresses() {
        try (ScriptedSmtpServer second = ScriptedSmtpServer.start("127.0.0.2", server.port())) {
            assertThat(second.port()).isEqualTo(server.port());
            assertThat(second.address()).isNotEqualTo(server.address());
        }
    }

    /** Says all lines at once and returns everything that comes, with LF. */
    private String say(String... lines) throws IOException {
        try (Socket socket = new Socket(server.address(), server.port())) {
            socket.getOutputStream().write((String.join("\r\n", lines) + "\r\n").getBytes(UTF_8));
            return new String(socket.getInputStream().readAllBytes(), UTF_8).replace("\r\n", "\n");
        }
    }
}
