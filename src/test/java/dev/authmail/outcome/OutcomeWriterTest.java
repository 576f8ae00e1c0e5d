package dev.authmail.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.authmail.address.Domain;
import dev.authmail.address.MailAddress;
import dev.authmail.delivery.Attempt;
import dev.authmail.delivery.Fault;
import dev.authmail.delivery.HopResult;
import dev.authmail.delivery.Reason;
import dev.authmail.delivery.UserState;
import dev.authmail.event.EventId;
import dev.authmail.smtp.CertificateVerdict;
import dev.authmail.smtp.SmtpPhase;
import dev.authmail.smtp.SmtpReply;
import dev.authmail.smtp.TlsPolicy;
import dev.authmail.smtp.TlsSession;
import dev.authmail.smtp.Transaction;
import dev.authmail.tlsrpt.ResultType;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class OutcomeWriterTest {
    private static final MailAddress RECIPIENT = new MailAddress("hanako", new Domain("b.test"));
    private static final Instant NOW = Instant.parse("2026-11-24T06:00:00Z");
    private static final Report KNOWN_BY_NAME = Report.about(new EventId("/app|e1"), "registrations-0@7");
    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(OutcomeWriterTest.class.getResourceAsStream("/schemas/outcome.schema.json"));

    private final OutcomeWriter writer = writerAt(NOW);

    static Stream<Arguments> everyTypeAndReport() {
        List<Report> reports = List.of(
                KNOWN_BY_NAME,
                KNOWN_BY_NAME.because(Reason.INVALID_EVENT, Fault.EVENT, UserState.OUR_FAULT, "email is missing"),
                known(Attempts.tried(new Transaction.Accepted(reply(250, "2.0.0 queued"), Attempts.TLS))),
                known(Attempts.tried(new Transaction.Accepted(reply(250, "2.0.0 queued"), null))),
                known(Attempts.tried(new Transaction.Unconfirmed("lost", Attempts.TLS))),
                known(Attempts.refused(SmtpPhase.RCPT, 550, "no such user")),
                known(Attempts.refused(SmtpPhase.GREETING, 421, "")),
                known(Attempts.failed(SmtpPhase.CONNECT, null)),
                known(Attempts.refused(SmtpPhase.STARTTLS, 454, "not now")),
                known(Attempts.with(new HopResult.NoServer(HopResult.Why.NOT_IN_POLICY, "not named"))),
                known(Attempts.with(new HopResult.Skipped("switched off"))),
                known(Attempts.with(new HopResult.NoServer(HopResult.Why.NULL_MX, "null MX"))));
        return Arrays.stream(OutcomeType.values())
                .flatMap(type -> reports.stream().map(report -> Arguments.of(type, report)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("everyTypeAndReport")
    void everyOutcomeKeepsToItsSchema(OutcomeType type, Report report) {
        String json = new String(writer.write(type, report, NOW.minusSeconds(60)), StandardCharsets.UTF_8);

        assertThat(SCHEMA.validate(json, InputFormat.JSON)).as(json).isEmpty();
    }

    @Test
    void everyWordAboutTlsIsOneOfTheSchema() {
        for (CertificateVerdict verdict : CertificateVerdict.values()) {
            for (TlsPolicy policy : TlsPolicy.values()) {
                TlsSession session = new TlsSession("TLSv1.3", "TLS_AES_128_GCM_SHA256", verdict);
                Report report = known(Attempts.tried(
                        policy,
                        new Transaction.Failed(
                                SmtpPhase.TLS, Transaction.Failure.TLS_CERTIFICATE, "refused", session)));
                String json = new String(writer.write(OutcomeType.FAILED, report, null), StandardCharsets.UTF_8);

                assertThat(SCHEMA.validate(json, InputFormat.JSON)).as(json).isEmpty();
                assertThat(json).contains("tlsFailure", "\"" + verdict.code() + "\"", "\"" + policy.code() + "\"");
            }
        }
        String schema = SCHEMA.getSchemaNode().toString();
        for (ResultType type : ResultType.values()) {
            assertThat(schema).contains("\"" + type.code() + "\"");
        }
    }

    @Test
    void everyReasonFaultAndStateIsAWordOfTheSchema() {
        for (Reason reason : Reason.values()) {
            for (Fault fault : Fault.values()) {
                for (UserState state : UserState.values()) {
                    byte[] json =
                            writer.write(OutcomeType.FAILED, KNOWN_BY_NAME.because(reason, fault, state, "d"), null);
                    assertThat(SCHEMA.validate(new String(json, StandardCharsets.UTF_8), InputFormat.JSON))
                            .as("%s %s %s", reason, fault, state)
                            .isEmpty();
                }
            }
        }
    }

    @Test
    void anOutcomeSaysAllThatIsKnown() {
        Report report = known(Attempts.refused(SmtpPhase.RCPT, 550, "5.1.1 <hanako@b.test>: no such user"))
                .because(Reason.REJECTED, Fault.RECIPIENT, UserState.ADDRESS_UNKNOWN, "no such mailbox");

        assertThat(new String(writer.write(OutcomeType.FAILED, report, NOW.minusMillis(1800)), StandardCharsets.UTF_8))
                .isEqualToIgnoringWhitespace("""
                        {"specversion":"1.0","type":"authmail.failed","source":"authmail",
                         "id":"/app|e1/2/authmail.failed","time":"2026-11-24T06:00:00Z","subject":"u-1",
                         "datacontenttype":"application/json",
                         "data":{"eventId":"/app|e1","final":true,"source":"registrations-0@7","attempt":2,
                          "reason":"rejected","fault":"recipient","detail":"no such mailbox",
                          "userState":"address-unknown","firstAttempt":"2026-11-24T05:58:00Z",
                          "lastAttempt":"2026-11-24T05:59:00Z","route":"direct","nextHop":"mx.b.test[192.0.2.1]:25",
                          "smtpCommand":"RCPT","smtpReply":550,"smtpStatus":"5.1.1",
                          "smtpText":"5.1.1 <…@b.test>: no such user","tlsPolicy":"opportunistic",
                          "tlsVersion":"TLSv1.3","tlsCipher":"TLS_AES_128_GCM_SHA256","tlsVerified":true,
                          "tlsCertificate":"trusted","elapsedMillis":1800}}
                        """);
    }

    @Test
    void whatIsNotKnownIsAbsent() {
        JsonNode event = read(writer.write(OutcomeType.FAILED, KNOWN_BY_NAME, null));

        assertThat(event.propertyNames())
                .containsExactlyInAnyOrder("specversion", "type", "source", "id", "time", "datacontenttype", "data");
        assertThat(event.get("data").propertyNames())
                .containsExactlyInAnyOrder("eventId", "final", "source", "attempt");
    }

    @Test
    void theSameOutcomeHasTheSameIdHoweverOftenItIsWritten() {
        Report report = known(Attempts.failed(SmtpPhase.CONNECT, null));

        String id = id(writer, OutcomeType.DEFERRED, report);
        assertThat(id(writerAt(NOW.plusSeconds(9)), OutcomeType.DEFERRED, report))
                .isEqualTo(id);
        assertThat(id(writer, OutcomeType.FAILED, report)).isNotEqualTo(id);
        assertThat(id(writer, OutcomeType.DEFERRED, KNOWN_BY_NAME)).isNotEqualTo(id);
    }

    @Test
    void anEventOfTheFutureTookNoTime() {
        byte[] json = writer.write(OutcomeType.ACCEPTED, KNOWN_BY_NAME, NOW.plusSeconds(5));

        assertThat(read(json).get("data").get("elapsedMillis").asLong()).isZero();
    }

    private static OutcomeWriter writerAt(Instant time) {
        return new OutcomeWriter("authmail", Clock.fixed(time, ZoneOffset.UTC));
    }

    private static Report known(Attempt attempt) {
        return KNOWN_BY_NAME
                .forUser("u-1")
                .after(attempt, RECIPIENT)
                .because(null, Fault.NETWORK, UserState.DELAYED, "words");
    }

    private static SmtpReply reply(int code, String text) {
        return new SmtpReply(code, List.of(text));
    }

    private static String id(OutcomeWriter writer, OutcomeType type, Report report) {
        return read(writer.write(type, report, null)).get("id").asString();
    }

    private static JsonNode read(byte @Nullable [] json) {
        return JsonMapper.builder().build().readTree(json);
    }
}
