package dev.authmail.camel;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.authmail.address.Domain;
import dev.authmail.address.MailAddress;
import dev.authmail.delivery.Hop;
import dev.authmail.delivery.HopResult;
import dev.authmail.delivery.Route;
import dev.authmail.mail.SignedMessage;
import dev.authmail.smtp.Deadline;
import dev.authmail.smtp.Envelope;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Through camel-mail's own producer. */
class HopMailSenderTest {
    private static final String ENDPOINT = "smtp:x?javaMailSender=#hop";
    private static final Envelope ENVELOPE = new Envelope(
            new MailAddress("bounce+t", new Domain("sender.test")), new MailAddress("hanako", new Domain("b.test")));
    private static final String MAIL =
            "DKIM-Signature: v=1;\r\n\tb=x\r\nfrom:  a@sender.test \r\nSubject: =?utf-8?q?x?=\r\n"
                    + "\r\n.dot\r\nno end of line, and a NUL \0";

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final RecordingHop hop = new RecordingHop();

    @BeforeEach
    void start() {
        context.getRegistry().bind("hop", new HopMailSender(hop));
        context.start();
    }

    @AfterEach
    void stop() throws IOException {
        context.close();
    }

    @Test
    void theOctetsReachTheHopUnchanged() {
        SealedMimeMessage message = sealed(null);

        Exchange sent = send(message, Map.of());

        assertThat(sent.getException()).isNull();
        assertThat(hop.offered).containsExactly(MAIL);
        assertThat(hop.envelopes).containsExactly(ENVELOPE);
        assertThat(message.takeResult()).isEqualTo(RecordingHop.ANSWER);
        assertThat(message.askedHop()).isSameAs(hop);
    }

    @Test
    void headersOfTheExchangeChangeNeitherMailNorWay() {
        Exchange sent = send(
                sealed(null),
                Map.of(
                        "To", "mallory@evil.test",
                        "Bcc", "mallory@evil.test",
                        "Subject", "changed",
                        "mail.smtp.host", "evil.test",
                        "CamelMailTo", "mallory@evil.test"));

        assertThat(sent.getException()).isNull();
        assertThat(hop.offered).containsExactly(MAIL);
        assertThat(hop.envelopes).containsExactly(ENVELOPE);
    }

    @Test
    void whoeverWritesTheMessageWritesTheSignedOctets() throws Exception {
        SealedMimeMessage message = sealed(null);
        message.setSubject("changed");
        message.saveChanges();
        var out = new ByteArrayOutputStream();

        message.writeTo(out);

        assertThat(out.toString(US_ASCII)).isEqualTo(MAIL);
        assertThat(message.getAllRecipients()).as("the envelope says it").isNull();
    }

    @Test
    void aMailThatNobodySignedIsRefused() {
        MimeMessage foreign = new MimeMessage(Session.getInstance(new Properties()));

        assertThat(send(foreign, Map.of()).getException())
                .isInstanceOf(MessagingException.class)
                .hasMessageContaining("signDkim");
        assertThat(send(ENDPOINT + "&to=a@b.test", "a text", Map.of()).getException())
                .isInstanceOf(MessagingException.class);
        assertThat(hop.offered).isEmpty();
    }

    @Test
    void aMailThatIsPinnedToAnotherHopIsNotOffered() {
        SealedMimeMessage message = sealed("relay-2");

        Exchange sent = send(message, Map.of());

        assertThat(sent.getException()).isNull();
        assertThat(hop.offered).isEmpty();
        assertThat(message.takeResult()).isEqualTo(new HopResult.Skipped("this attempt may try only the hop relay-2"));
        assertThat(message.askedHop()).isSameAs(hop);
    }

    @Test
    void aMailThatIsPinnedToThisHopIsOffered() {
        send(sealed("relay"), Map.of());

        assertThat(hop.offered).hasSize(1);
    }

    @Test
    void anAnswerIsTakenOnce() {
        SealedMimeMessage message = sealed(null);
        assertThatThrownBy(message::takeResult).hasMessageContaining("no smtp endpoint was asked");
        assertThatThrownBy(message::askedHop).hasMessageContaining("no smtp endpoint was asked");

        send(message, Map.of());
        message.takeResult();

        assertThatThrownBy(message::takeResult).isInstanceOf(IllegalStateException.class);
    }

    private Exchange send(Object body, Map<String, Object> headers) {
        return send(ENDPOINT, body, headers);
    }

    private Exchange send(String endpoint, Object body, Map<String, Object> headers) {
        Exchange exchange = new DefaultExchange(context);
        exchange.getMessage().setBody(body);
        exchange.getMessage().setHeaders(headers);
        return context.createProducerTemplate().send(endpoint, exchange);
    }

    private static SealedMimeMessage sealed(@Nullable String pinnedHop) {
        return new SealedMimeMessage(
                new SignedMessage(MAIL.getBytes(US_ASCII)), ENVELOPE, Deadline.in(Duration.ofMinutes(1)), pinnedHop);
    }

    private static final class RecordingHop implements Hop {
        static final HopResult ANSWER = new HopResult.NoServer(HopResult.Why.DNS_FAILURE, "as scripted");

        final List<String> offered = new ArrayList<>();
        final List<Envelope> envelopes = new ArrayList<>();

        @Override
        public String name() {
            return "relay";
        }

        @Override
        public Route route() {
            return Route.RELAY;
        }

        @Override
        public Optional<HopResult.Skipped> obstacle(Domain domain) {
            return Optional.empty();
        }

        @Override
        public HopResult offer(SignedMessage message, Envelope envelope, Deadline deadline) {
            ByteBuffer octets = message.octets();
            offered.add(US_ASCII.decode(octets).toString());
            envelopes.add(envelope);
            return ANSWER;
        }
    }
}
