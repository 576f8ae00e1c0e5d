package dev.authmail.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.address.IpAddress;
import dev.authmail.smtp.SmtpClientSettings;
import dev.authmail.smtp.SmtpProbe;
import dev.authmail.testkit.ScriptedSmtpServer;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutsideCheckTest {
    private final ScriptedSmtpServer server = ScriptedSmtpServer.start();

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            mx.google.com at your service, [203.0.113.5]     | 203.0.113.5 | Gmail's MX hosts
            mail.example Hello out.a.test [203.0.113.5]       | 203.0.113.5 | Exim
            mx at your service, [2001:db8::5]                 | 2001:db8::5 | over IPv6
            mx at your service, [IPv6:2001:db8::5]            | 2001:db8::5 | as an address literal
            mail.example                                      |             | Postfix tells nothing
            mail.example [999.1.1.1]                          |             | no address
            """)
    void theAddressInTheAnswerToEhlo(String line, String address, String who) {
        server.on("EHLO").reply("250-" + line, "250 SIZE 1000000");

        assertThat(check(List.of())
                        .seen(Duration.ofSeconds(20))
                        .map(IpAddress::text)
                        .orElse(null))
                .as(who)
                .isEqualTo(address);
    }

    @Test
    void anAddressThatNobodyKnowsIsFailure() {
        server.on("EHLO").reply("250 mx at your service, [203.0.113.5]").times(9);

        assertThat(status(List.of("203.0.113.5"))).containsExactly(Status.FINE, Status.FINE);
        assertThat(status(List.of("203.0.113.6"))).containsExactly(Status.FINE, Status.FAILURE);
        assertThat(status(List.of())).containsExactly(Status.FINE, Status.ADVICE);
        assertThat(server.commands("MAIL")).isEmpty();
    }

    @Test
    void aHostThatRefusesUsIsAWarning() {
        server.onConnect().reply("554 5.7.1 no");

        assertThat(status(List.of())).containsExactly(Status.WARNING);
    }

    @Test
    void aClosedPortIsFailure() {
        server.close();

        assertThat(status(List.of())).containsExactly(Status.FAILURE);
    }

    private List<Status> status(List<String> known) {
        return check(known.stream()
                        .map(text -> IpAddress.parse(text).orElseThrow())
                        .toList())
                .run()
                .stream()
                .map(Finding::status)
                .toList();
    }

    private OutsideCheck check(List<InetAddress> known) {
        return new OutsideCheck(
                server.address().getHostAddress(),
                server.port(),
                known,
                new SmtpProbe(SmtpClientSettings.of("out.a.test")));
    }
}
