package dev.authmail.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.smtp.Transaction.Accepted;
import dev.authmail.smtp.Transaction.Failed;
import dev.authmail.smtp.Transaction.Failure;
import dev.authmail.smtp.Transaction.Refused;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthenticationTest extends ScriptedServerCase {
    private static final String PASSWORD = "pässword with spaces";

    @BeforeEach
    void wantsAuth() {
        server.startTls(AUTHORITY.validFor(HOST)).requireAuth("relay-user", PASSWORD);
    }

    @ParameterizedTest
    @CsvSource({"PLAIN LOGIN, AUTH PLAIN", "LOGIN PLAIN, AUTH PLAIN", "login, AUTH LOGIN", "CRAM-MD5 LOGIN, AUTH LOGIN"
    })
    void theBestMechanismThatIsOfferedIsUsed(String offered, String used) {
        server.offer("AUTH " + offered);

        assertThat(offerWith(PASSWORD)).isInstanceOf(Accepted.class);
        assertThat(server.commands("AUTH").getFirst()).startsWith(used);
    }

    @Test
    void aLongPasswordGoesWithoutInitialResponse() {
        String password = "p".repeat(600);
        server.requireAuth("relay-user", password);

        assertThat(offerWith(password)).isInstanceOf(Accepted.class);
        assertThat(server.commands("AUTH")).containsExactly("AUTH PLAIN");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PLAIN", "LOGIN"})
    void aWrongPasswordIsARefusal(String mechanism) {
        server.offer("AUTH " + mechanism);

        assertThat(offerWith("wrong")).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.phase()).isEqualTo(SmtpPhase.AUTH);
            assertThat(refused.reply().code()).isEqualTo(535);
            assertThat(refused.tls()).isNotNull();
        });
        assertThat(server.commands("MAIL")).isEmpty();
    }

    @Test
    void noMechanismThatWeSpeakIsAFailure() {
        server.offer("AUTH GSSAPI CRAM-MD5");

        assertThat(offerWith(PASSWORD))
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.failure()).isEqualTo(Failure.AUTH_NOT_OFFERED));
    }

    @Test
    void aServerThatRepeatsThePasswordDoesNotPutItIntoOurRecords() {
        server.on("AUTH").reply("535 cGFzc3BocmFzZQ== and passphrase are wrong");

        assertThat(offerWith("passphrase"))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.reply().text()).isEqualTo("*** and *** are wrong"));
    }

    @Test
    void thePasswordIsNotShownInClearText() {
        SmtpServer downgraded = target(TlsPolicy.OPPORTUNISTIC, "relay-user", PASSWORD);
        server.on("STARTTLS").reply("454 4.7.0 not now");

        Transaction transaction = offer(downgraded);

        assertThat(transaction).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.phase()).isEqualTo(SmtpPhase.AUTH);
            assertThat(failed.failure()).isEqualTo(Failure.TLS_NOT_OFFERED);
        });
        assertThat(server.commands("AUTH")).isEmpty();
    }

    @Test
    void aRelayOnThisHostMayBeShownThePasswordWithoutTls() {
        assertThat(offer(target(TlsPolicy.NONE, "relay-user", PASSWORD))).isInstanceOf(Accepted.class);
    }

    @Test
    void credentialsAreNeverInAText() {
        assertThat(target(TlsPolicy.VERIFIED, "relay-user", PASSWORD).toString())
                .doesNotContain("relay-user")
                .doesNotContain(PASSWORD);
    }

    private Transaction offerWith(String password) {
        return offer(target(TlsPolicy.VERIFIED, "relay-user", password));
    }
}
