package dev.authmail.tracing;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.address.Domain;
import dev.authmail.address.MailAddress;
import dev.authmail.delivery.Hop;
import dev.authmail.delivery.HopResult;
import dev.authmail.delivery.Route;
import dev.authmail.mail.SignedMessage;
import dev.authmail.smtp.CertificateVerdict;
import dev.authmail.smtp.Deadline;
import dev.authmail.smtp.Envelope;
import dev.authmail.smtp.SmtpPhase;
import dev.authmail.smtp.SmtpReply;
import dev.authmail.smtp.SmtpServer;
import dev.authmail.smtp.SmtpTransport;
import dev.authmail.smtp.TlsPolicy;
import dev.authmail.smtp.TlsSession;
import dev.authmail.smtp.Transaction;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Spans as OpenTelemetry's SDK makes them, which is what the agent has inside. */
class SpansTest {
    private static final Optional<HopResult.Skipped> OBSTACLE = Optional.of(new HopResult.Skipped("foreseen"));
    private static final TlsSession TLS =
            new TlsSession("TLSv1.3", "TLS_AES_256_GCM_SHA384", CertificateVerdict.TRUSTED);
    private static final String SECRET = "hanako@good.test";
    private static final SmtpServer SERVER =
            new SmtpServer("mx.good.test", address(), 25, TlsPolicy.OPPORTUNISTIC, null);
    private static final Map<String, String> WHO = Map.of(
            "server.address", "mx.good.test",
            "server.port", "25",
            "network.peer.address", "192.0.2.1");

    private final List<SpanData> spans = new CopyOnWriteArrayList<>();
    private final SdkTracerProvider sdk = SdkTracerProvider.builder()
            .addSpanProcessor(SimpleSpanProcessor.create(new Keeper()))
            .build();
    private final Tracer tracer = sdk.get("test");

    private static InetAddress address() {
        try {
            return InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, 1});
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private final class Keeper implements SpanExporter {
        @Override
        public CompletableResultCode export(Collection<SpanData> ended) {
            spans.addAll(ended);
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    }

    static Stream<Arguments> saysWhatBecameOfTheMailAndNoMore() {
        return Stream.of(
                Arguments.of(
                        new Transaction.Accepted(reply(250, "2.0.0 queued for "), TLS),
                        Map.of(
                                "authmail.smtp.reply",
                                "250",
                                "authmail.smtp.status",
                                "2.0.0",
                                "tls.protocol.version",
                                "1.3"),
                        "taken, in TLS"),
                Arguments.of(
                        new Transaction.Accepted(reply(250, "queued for "), null),
                        Map.of("authmail.smtp.reply", "250"),
                        "taken, in clear text and without an enhanced code"),
                Arguments.of(
                        new Transaction.Refused(SmtpPhase.RCPT, reply(550, "5.1.1 no such user: "), TLS),
                        Map.of(
                                "authmail.smtp.reply", "550",
                                "authmail.smtp.status", "5.1.1",
                                "authmail.smtp.phase", "rcpt",
                                "error.type", "550",
                                "tls.protocol.version", "1.3"),
                        "refused: the error is the code, not the text"),
                Arguments.of(
                        new Transaction.Failed(SmtpPhase.TLS, Transaction.Failure.TLS_HANDSHAKE, SECRET, null),
                        Map.of("authmail.smtp.phase", "tls", "error.type", "tls_handshake"),
                        "no answer: the error is a word of ours"),
                Arguments.of(
                        new Transaction.Unconfirmed(SECRET, TLS),
                        Map.of(
                                "authmail.smtp.phase", "dot",
                                "error.type", "unconfirmed",
                                "tls.protocol.version", "1.3"),
                        "nobody knows"));
    }

    private static SmtpReply reply(int code, String text) {
        return new SmtpReply(code, List.of(text + SECRET));
    }

    @ParameterizedTest(name = "{2}")
    @MethodSource
    void saysWhatBecameOfTheMailAndNoMore(Transaction transaction, Map<String, String> told, String reason) {
        SmtpTransport transport = new TracedTransport(fixed(transaction), tracer);
        Hop hop = new TracedHop(
                hop((message, envelope, deadline) ->
                        new HopResult.Tried(SERVER, transport.offer(SERVER, envelope, message, deadline))),
                tracer);

        assertThat(offer(hop)).isEqualTo(new HopResult.Tried(SERVER, transaction));

        assertThat(spans).extracting(SpanData::getName).containsExactly("smtp send", "offer direct");
        SpanData talk = spans.getFirst();
        SpanData offer = spans.getLast();
        assertThat(talk.getParentSpanId()).isEqualTo(offer.getSpanId());
        assertThat(attributes(talk)).isEqualTo(with(told, "network.protocol.name", "smtp"));
        assertThat(attributes(offer)).isEqualTo(with(told, "authmail.hop", "direct"));
        assertThat(spans)
                .extracting(span -> span.getStatus().getStatusCode())
                .containsOnly(transaction instanceof Transaction.Accepted ? StatusCode.UNSET : StatusCode.ERROR);
        assertThat(spans.toString()).doesNotContain(SECRET);
    }

    static Stream<Arguments> aHopThatAskedNobodySaysSo() {
        return Stream.of(
                Arguments.of(
                        new HopResult.NoServer(HopResult.Why.NULL_MX, SECRET),
                        Map.of("authmail.hop", "direct", "error.type", "null_mx"),
                        StatusCode.ERROR),
                Arguments.of(
                        new HopResult.Skipped(SECRET),
                        Map.of("authmail.hop", "direct", "authmail.skipped", "true"),
                        StatusCode.UNSET));
    }

    @ParameterizedTest
    @MethodSource
    void aHopThatAskedNobodySaysSo(HopResult result, Map<String, String> told, StatusCode status) {
        assertThat(offer(new TracedHop(hop((message, envelope, deadline) -> result), tracer)))
                .isEqualTo(result);

        assertThat(spans).hasSize(1);
        assertThat(attributes(spans.getFirst())).isEqualTo(told);
        assertThat(spans.getFirst().getStatus().getStatusCode()).isEqualTo(status);
        assertThat(spans.toString()).doesNotContain(SECRET);
    }

    @Test
    void whatIsForeseenIsToldAndIsNoOffer() {
        Hop hop = new TracedHop(
                hop((message, envelope, deadline) -> {
                    throw new AssertionError("no mail was made");
                }),
                tracer);

        assertThat(hop.obstacle(new Domain("example.test"))).isEqualTo(OBSTACLE);
        assertThat(spans).isEmpty();
    }

    @Test
    void thePatienceOfAHopReachesTheTransport() {
        List<Duration> seen = new CopyOnWriteArrayList<>();
        SmtpTransport transport = new SmtpTransport() {
            @Override
            public Transaction offer(SmtpServer server, Envelope envelope, SignedMessage message, Deadline deadline) {
                throw new AssertionError("the form without patience");
            }

            @Override
            public Transaction offer(
                    SmtpServer server, Envelope envelope, SignedMessage message, Deadline deadline, Duration patience) {
                seen.add(patience);
                return new Transaction.Unconfirmed("", null);
            }

            @Override
            public void close() {}
        };
        new TracedTransport(transport, tracer)
                .offer(SERVER, envelope(), message(), Deadline.in(Duration.ofMinutes(1)), Duration.ofMillis(7));
        assertThat(seen).containsExactly(Duration.ofMillis(7));
    }

    @FunctionalInterface
    private interface Offer {
        HopResult of(SignedMessage message, Envelope envelope, Deadline deadline);
    }

    private static Hop hop(Offer offer) {
        return new Hop() {
            @Override
            public String name() {
                return "direct";
            }

            @Override
            public Route route() {
                return Route.DIRECT;
            }

            @Override
            public Optional<HopResult.Skipped> obstacle(Domain domain) {
                return OBSTACLE;
            }

            @Override
            public HopResult offer(SignedMessage message, Envelope envelope, Deadline deadline) {
                return offer.of(message, envelope, deadline);
            }
        };
    }

    private static SmtpTransport fixed(Transaction transaction) {
        return new SmtpTransport() {
            @Override
            public Transaction offer(SmtpServer server, Envelope envelope, SignedMessage message, Deadline deadline) {
                return transaction;
            }

            @Override
            public void close() {}
        };
    }

    private static HopResult offer(Hop hop) {
        return hop.offer(message(), envelope(), Deadline.in(Duration.ofMinutes(1)));
    }

    private static SignedMessage message() {
        return new SignedMessage("Subject: x\r\n\r\nx\r\n".getBytes(US_ASCII));
    }

    private static Envelope envelope() {
        Domain domain = new Domain("good.test");
        return new Envelope(new MailAddress("bounce", domain), new MailAddress("hanako", domain));
    }

    private static Map<String, String> with(Map<String, String> told, String name, String value) {
        Map<String, String> all = new TreeMap<>(told);
        all.putAll(WHO);
        all.put(name, value);
        return all;
    }

    private static Map<String, String> attributes(SpanData span) {
        Map<String, String> all = new TreeMap<>();
        span.getAttributes().forEach((key, value) -> all.put(key.getKey(), value.toString()));
        return all;
    }
}
