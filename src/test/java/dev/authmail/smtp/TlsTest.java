package dev.authmail.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.smtp.Transaction.Accepted;
import dev.authmail.smtp.Transaction.Failed;
import dev.authmail.smtp.Transaction.Failure;
import dev.authmail.smtp.Transaction.Refused;
import dev.authmail.testkit.StartTls;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TlsTest extends ScriptedServerCase {
    @ParameterizedTest
    @EnumSource(names = {"VERIFIED", "REQUIRED", "OPPORTUNISTIC", "MTA_STS", "DANE"})
    void aGoodCertificateGivesVerifiedTls(TlsPolicy policy) {
        server.startTls(AUTHORITY.validFor("other.test", HOST));

        Transaction transaction = offer(policy);

        assertThat(transaction).isInstanceOf(Accepted.class);
        assertThat(tlsOf(transaction).protocol()).isEqualTo("TLSv1.3");
        assertThat(tlsOf(transaction).cipher()).startsWith("TLS_");
        assertThat(tlsOf(transaction).verified()).isTrue();
        assertThat(server.awaitMails(1).getFirst().tls()).isEqualTo("TLSv1.3");
        assertThat(server.commands("EHLO"))
                .as("RFC 3207 §4.2: once more in TLS")
                .hasSize(2);
    }

    @Test
    void implicitTlsIsSpokenFromTheFirstOctet() {
        server.implicitTls(AUTHORITY.validFor(HOST));

        Transaction transaction = offer(TlsPolicy.IMPLICIT);

        assertThat(transaction).isInstanceOf(Accepted.class);
        assertThat(tlsOf(transaction).verified()).isTrue();
        assertThat(server.commands("STARTTLS")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    VERIFIED, EXPIRED,     EXPIRED,     expired,       yesterday was its last day
                    VERIFIED, OTHER_NAME,  WRONG_NAME,  another name,  it is for elsewhere.test
                    VERIFIED, SELF_SIGNED, NOT_TRUSTED, not trusted,   nobody vouches for it
                    MTA_STS,  EXPIRED,     EXPIRED,     expired,       RFC 8461 §4.2: the same
                    MTA_STS,  OTHER_NAME,  WRONG_NAME,  another name,  …
                    MTA_STS,  SELF_SIGNED, NOT_TRUSTED, not trusted,   …
                    """)
    void aBadCertificateStopsWhereItIsChecked(
            TlsPolicy policy, BadCertificate certificate, CertificateVerdict verdict, String words, String reason) {
        server.startTls(certificate.context());

        Transaction transaction = offer(policy);

        assertThat(transaction).as(reason).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.phase()).isEqualTo(SmtpPhase.TLS);
            assertThat(failed.failure()).isEqualTo(Failure.TLS_CERTIFICATE);
            assertThat(failed.detail()).contains(words);
            assertThat(tlsOf(failed).certificate()).isEqualTo(verdict);
            assertThat(tlsOf(failed).protocol()).isEqualTo("TLSv1.3");
        });
        assertThat(server.commands("EHLO")).as("not a word in TLS").hasSize(1);
        assertThat(server.commands("MAIL")).isEmpty();
        assertThat(server.connections()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"EXPIRED, TLSA_MATCHED", "OTHER_NAME, TLSA_MATCHED", "SELF_SIGNED, TLSA_MATCHED"})
    void aCheckJudgesInPlaceOfAuthoritiesAndName(BadCertificate certificate, CertificateVerdict verdict) {
        server.startTls(certificate.context());

        Transaction transaction = offer(checked(verdict));

        assertThat(transaction).isInstanceOf(Accepted.class);
        assertThat(tlsOf(transaction).certificate()).isEqualTo(verdict);
    }

    @ParameterizedTest
    @EnumSource(names = {"TLSA_MISMATCH", "WRONG_NAME", "EXPIRED", "NOT_TRUSTED"})
    void whatACheckRefusesGetsNoMailHoweverGoodAuthoritiesFindIt(CertificateVerdict verdict) {
        server.startTls(AUTHORITY.validFor(HOST));
        assertThat(offer(TlsPolicy.VERIFIED)).as("a session to resume").isInstanceOf(Accepted.class);

        assertThat(offer(checked(verdict))).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.failure()).isEqualTo(Failure.TLS_CERTIFICATE);
            assertThat(tlsOf(failed).certificate()).isEqualTo(verdict);
        });
        assertThat(server.awaitMails(1)).hasSize(1);
    }

    private SmtpServer checked(CertificateVerdict verdict) {
        CertificateCheck check = new CertificateCheck() {
            @Override
            public CertificateVerdict judge(List<X509Certificate> chain) {
                assertThat(chain).isNotEmpty();
                return verdict;
            }

            @Override
            public String serverName() {
                return HOST;
            }
        };
        return new SmtpServer(HOST, server.address(), server.port(), TlsPolicy.DANE, check, null, false);
    }

    @ParameterizedTest
    @EnumSource
    void aBadCertificateStopsImplicitTls(BadCertificate certificate) {
        server.implicitTls(certificate.context());

        assertThat(offer(TlsPolicy.IMPLICIT))
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.failure()).isEqualTo(Failure.TLS_CERTIFICATE));
    }

    @ParameterizedTest
    @CsvSource({
        "REQUIRED, EXPIRED",
        "REQUIRED, OTHER_NAME",
        "REQUIRED, SELF_SIGNED",
        "DANE, SELF_SIGNED",
        "OPPORTUNISTIC, EXPIRED",
        "OPPORTUNISTIC, OTHER_NAME",
        "OPPORTUNISTIC, SELF_SIGNED"
    })
    void aBadCertificateIsNotedWhereItIsNotChecked(TlsPolicy policy, BadCertificate certificate) {
        server.startTls(certificate.context());

        Transaction transaction = offer(policy);

        assertThat(transaction).isInstanceOf(Accepted.class);
        assertThat(tlsOf(transaction).verified()).isFalse();
        assertThat(server.awaitMails(1).getFirst().tls()).isEqualTo("TLSv1.3");
    }

    @ParameterizedTest
    @CsvSource({"VERIFIED, false", "REQUIRED, false", "MTA_STS, false", "DANE, false", "OPPORTUNISTIC, true"})
    void aServerWithoutStartTlsGetsMailOnlyWhereThatIsAllowed(TlsPolicy policy, boolean allowed) {
        Transaction transaction = offer(policy);

        if (allowed) {
            assertThat(transaction).isInstanceOf(Accepted.class);
            assertThat(transaction.tls()).isNull();
        } else {
            assertThat(transaction)
                    .isEqualTo(new Failed(
                            SmtpPhase.STARTTLS, Failure.TLS_NOT_OFFERED, "the server does not offer STARTTLS", null));
            assertThat(server.commands("MAIL")).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"VERIFIED, false", "REQUIRED, false", "MTA_STS, false", "DANE, false", "OPPORTUNISTIC, true"})
    void aRefusedStartTlsIsGoneOnWithoutOnlyWhereThatIsAllowed(TlsPolicy policy, boolean allowed) {
        server.startTls(StartTls.REFUSED);

        Transaction transaction = offer(policy);

        if (allowed) {
            assertThat(transaction).isInstanceOf(Accepted.class);
            assertThat(server.connections()).isEqualTo(1);
        } else {
            assertThat(transaction).isInstanceOfSatisfying(Refused.class, refused -> {
                assertThat(refused.phase()).isEqualTo(SmtpPhase.STARTTLS);
                assertThat(refused.reply().code()).isEqualTo(454);
            });
            assertThat(server.commands("MAIL")).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"VERIFIED", "REQUIRED", "MTA_STS", "DANE"})
    void aFailedHandshakeIsNeverGoneOnWithoutTls(TlsPolicy policy) {
        server.startTls(StartTls.GARBAGE);

        assertThat(offer(policy)).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.phase()).isEqualTo(SmtpPhase.TLS);
            assertThat(failed.failure()).isEqualTo(Failure.TLS_HANDSHAKE);
        });
        assertThat(server.connections()).isEqualTo(1);
        assertThat(server.commands("MAIL")).isEmpty();
    }

    @Test
    void opportunisticTlsFallsBackToClearTextOnANewConnection() {
        server.startTls(StartTls.GARBAGE);

        Transaction transaction = offer(TlsPolicy.OPPORTUNISTIC);

        assertThat(transaction).isInstanceOf(Accepted.class);
        assertThat(transaction.tls()).isNull();
        assertThat(server.awaitMails(1).getFirst().connection()).isEqualTo(2);
        assertThat(server.commands("STARTTLS")).hasSize(1);
    }

    @Test
    void aPasswordNeverFallsBackToClearText() {
        server.startTls(StartTls.GARBAGE).requireAuth("relay-user", "relay-pass");

        Transaction transaction = offer(target(TlsPolicy.OPPORTUNISTIC, "relay-user", "relay-pass"));

        assertThat(transaction).isInstanceOf(Failed.class);
        assertThat(server.connections()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"VERIFIED", "REQUIRED", "OPPORTUNISTIC"})
    void wordsSlippedInBeforeTheHandshakeAreFound(TlsPolicy policy) {
        server.startTls(StartTls.INJECTED);

        assertThat(offer(policy)).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.failure()).isEqualTo(Failure.PROTOCOL);
            assertThat(failed.detail()).contains("clear text");
        });
        assertThat(server.commands("MAIL")).isEmpty();
    }

    @Test
    void capabilitiesFromBeforeTlsAreForgotten() {
        server.startTls(AUTHORITY.validFor(HOST));
        server.on("EHLO").reply("500 not in TLS");
        server.on("EHLO")
                .reply("250-scripted.test", "250-SIZE 5", "250 STARTTLS")
                .times(1);

        assertThat(offer(TlsPolicy.VERIFIED))
                .as("SIZE 5 was said in clear text")
                .isInstanceOf(Accepted.class);
        assertThat(server.commands("HELO")).hasSize(1);
    }

    enum BadCertificate {
        EXPIRED,
        OTHER_NAME,
        SELF_SIGNED;

        SSLContext context() {
            return switch (this) {
                case EXPIRED -> AUTHORITY.expired(HOST);
                case OTHER_NAME -> AUTHORITY.validFor("elsewhere.test");
                case SELF_SIGNED -> AUTHORITY.selfSigned(HOST);
            };
        }
    }
}
