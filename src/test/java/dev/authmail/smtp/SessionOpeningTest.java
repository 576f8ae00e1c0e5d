package dev.authmail.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.smtp.Transaction.Accepted;
import dev.authmail.smtp.Transaction.Failed;
import dev.authmail.smtp.Transaction.Failure;
import dev.authmail.smtp.Transaction.Refused;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionOpeningTest extends ScriptedServerCase {
    @Test
    void aPortWhereNobodyListensIsNoConnection() {
        SmtpServer nobody = target(TlsPolicy.NONE);
        server.close();

        assertThat(offer(nobody)).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.phase()).isEqualTo(SmtpPhase.CONNECT);
            assertThat(failed.failure()).isEqualTo(Failure.NO_CONNECTION);
            assertThat(failed.detail()).contains("mx.b.test[127.0.0.1]");
        });
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    554 5.7.1 go away,     the server refuses the client
                    421 4.3.2 too busy,    the server takes no connections now
                    450 later,             not a code of RFC 5321 for greetings but clear
                    """)
    void aBadGreetingIsARefusal(String greeting, String reason) {
        server.onConnect().reply(greeting).close();

        assertThat(offer(TlsPolicy.NONE)).as(reason).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.phase()).isEqualTo(SmtpPhase.GREETING);
            assertThat(refused.reply().code() + " " + refused.reply().text()).isEqualTo(greeting);
        });
        assertThat(server.commands("EHLO")).isEmpty();
    }

    @Test
    void aServerThatHangsUpAtOnceIsALostConnection() {
        server.onConnect().close();

        assertThat(offer(TlsPolicy.NONE))
                .isEqualTo(new Failed(
                        SmtpPhase.GREETING, Failure.CONNECTION_LOST, "the server closed the connection", null));
    }

    @Test
    void theClientSaysItsConfiguredName() {
        offer(TlsPolicy.NONE);

        assertThat(server.commands("EHLO")).containsExactly("EHLO out.a.test");
    }

    @Test
    void aServerThatDoesNotKnowEhloGetsHelo() {
        server.on("EHLO").reply("500 what?");

        assertThat(offer(TlsPolicy.NONE)).isInstanceOf(Accepted.class);
        assertThat(server.commands("HELO")).containsExactly("HELO out.a.test");
        assertThat(server.commands("MAIL")).containsExactly("MAIL FROM:<bounce@a.test>");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    550 5.7.1 bad name,  550 5.7.1 bad name,  a refusal of EHLO and HELO alike
                    451 4.3.0 later,     451 4.3.0 later,     HELO is no remedy for a 4yz
                    421 4.3.0 bye,       421 4.3.0 bye,       the server closes
                    """)
    void aRefusedEhloIsARefusal(String toEhlo, String expected, String reason) {
        server.on("EHLO").reply(toEhlo);
        server.on("HELO").reply(toEhlo);

        assertThat(offer(TlsPolicy.NONE)).as(reason).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.phase()).isEqualTo(SmtpPhase.EHLO);
            assertThat(refused.reply().code() + " " + refused.reply().text()).isEqualTo(expected);
        });
    }

    @Test
    void whatTheServerSaidBeforeItHungUpIsKept() {
        server.on("EHLO").reply("550 5.7.1 blocked").close();

        assertThat(offer(TlsPolicy.NONE))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.reply().text()).isEqualTo("5.7.1 blocked"));
    }

    @Test
    void theConnectionComesFromTheAddressThatIsSet() throws Exception {
        InetAddress from = InetAddress.getByName("127.0.0.9");
        var settings = new SmtpClientSettings("out.a.test", Timeouts.DEFAULT, TRUST, from);

        Transaction transaction = new SmtpClient(settings).offer(target(TlsPolicy.NONE), ENVELOPE, HELLO, soon());

        assertThat(transaction).isInstanceOf(Accepted.class);
        assertThat(server.clientAddresses()).containsExactly(from);
    }

    @Test
    void aRefusedClientSaysGoodbye() {
        server.on("MAIL").reply("550 5.7.1 no");

        offer(TlsPolicy.NONE);

        server.awaitNoConnection();
        assertThat(server.commands("QUIT")).hasSize(1);
    }
}
