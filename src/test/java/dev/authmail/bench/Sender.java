package dev.authmail.bench;

import dev.authmail.address.Domain;
import dev.authmail.address.MailAddress;
import dev.authmail.camel.HopMailSender;
import dev.authmail.camel.SealedMimeMessage;
import dev.authmail.delivery.AddressLookup;
import dev.authmail.delivery.Hop;
import dev.authmail.delivery.HopResult;
import dev.authmail.delivery.RelayHop;
import dev.authmail.delivery.RelaySettings;
import dev.authmail.delivery.Route;
import dev.authmail.mail.SignedMessage;
import dev.authmail.smtp.Deadline;
import dev.authmail.smtp.Envelope;
import dev.authmail.smtp.PoolSettings;
import dev.authmail.smtp.PooledSmtpTransport;
import dev.authmail.smtp.SmtpClient;
import dev.authmail.smtp.SmtpClientSettings;
import dev.authmail.smtp.SmtpTransport;
import dev.authmail.smtp.Timeouts;
import dev.authmail.smtp.TlsPolicy;
import dev.authmail.smtp.Transaction;
import dev.authmail.smtp.TrustAnchors;
import dev.authmail.traffic.Gate;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import javax.net.ssl.X509ExtendedTrustManager;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.support.jsse.TrustManagersParameters;

/** One way to send: a camel-mail endpoint, and the body it takes. Both go through camel-mail's own producer. */
final class Sender implements AutoCloseable {
    private static final Duration LONG = Duration.ofMinutes(10);

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final ProducerTemplate template;
    private final Endpoint endpoint;
    private final BodyMaker bodies;
    private final Runnable end;

    private interface BodyMaker {
        Object body() throws MessagingException;
    }

    private Sender(Wiring wiring, BodyMaker bodies, Runnable end) {
        this.bodies = bodies;
        this.end = end;
        context.disableJMX();
        String uri = wiring.wire(context);
        context.start();
        template = context.createProducerTemplate();
        endpoint = context.getEndpoint(uri);
    }

    private interface Wiring {
        String wire(DefaultCamelContext context);
    }

    /** The hop sender of authmail with connections that are kept. */
    static Sender pooled(SinkProcess sink, int connections, byte[] mail) {
        PoolSettings standard = PoolSettings.DEFAULT;
        SmtpTransport transport = new PooledSmtpTransport(
                new SmtpClient(new SmtpClientSettings(
                        "mail.sender.test", Timeouts.DEFAULT, TrustAnchors.ofPem(sink.authority), null)),
                new PoolSettings(
                        connections,
                        connections,
                        standard.idleTime(),
                        standard.maxMessages(),
                        standard.maxAge(),
                        standard.checkAfterIdle()));
        RelaySettings settings = new RelaySettings("relay", "localhost", sink.port, TlsPolicy.VERIFIED, null);
        RelayHop hop = new RelayHop(settings, AddressLookup.ofSystem(), transport, Gate.OPEN);
        SignedMessage message = new SignedMessage(mail);
        Envelope envelope = new Envelope(
                new MailAddress("bounce", new Domain("sender.test")), new MailAddress("hanako", new Domain("b.test")));
        return new Sender(
                context -> {
                    context.getRegistry().bind("relay", new HopMailSender(new CheckedHop(hop)));
                    return "smtp:relay?javaMailSender=#relay";
                },
                () -> new SealedMimeMessage(message, envelope, Deadline.in(LONG), null),
                transport::close);
    }

    /** camel-mail as it comes: a connection, a handshake and a farewell for each mail. */
    static Sender plain(SinkProcess sink, X509ExtendedTrustManager trust, byte[] mail) {
        Session session = Session.getInstance(new Properties());
        return new Sender(
                context -> {
                    TrustManagersParameters managers = new TrustManagersParameters();
                    managers.setTrustManager(trust);
                    SSLContextParameters tls = new SSLContextParameters();
                    tls.setTrustManagers(managers);
                    context.getRegistry().bind("tls", tls);
                    return "smtp://localhost:" + sink.port + "?sslContextParameters=#tls"
                            + "&mail.smtp.starttls.enable=true&mail.smtp.starttls.required=true"
                            + "&mail.smtp.ssl.checkserveridentity=true&mail.smtp.localhost=mail.sender.test"
                            + "&mail.smtp.from=bounce@sender.test";
                },
                () -> new MimeMessage(session, new ByteArrayInputStream(mail)),
                () -> {});
    }

    /** The body of one mail; camel-mail changes it, so each mail needs its own. */
    Object body() {
        try {
            return bodies.body();
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    void send(Object body) {
        Exchange exchange = new DefaultExchange(context);
        exchange.getMessage().setBody(body);
        template.send(endpoint, exchange);
        if (exchange.getException() != null) {
            throw new IllegalStateException(exchange.getException());
        }
    }

    /** A mail that is not accepted ends the bench. */
    private record CheckedHop(RelayHop hop) implements Hop {
        @Override
        public String name() {
            return hop.name();
        }

        @Override
        public Route route() {
            return hop.route();
        }

        @Override
        public Optional<HopResult.Skipped> obstacle(Domain domain) {
            return hop.obstacle(domain);
        }

        @Override
        public HopResult offer(SignedMessage message, Envelope envelope, Deadline deadline) {
            HopResult result = hop.offer(message, envelope, deadline);
            if (result instanceof HopResult.Tried tried && tried.transaction() instanceof Transaction.Accepted) {
                return result;
            }
            throw new IllegalStateException("not accepted: " + result);
        }
    }

    @Override
    public void close() {
        template.stop();
        context.stop();
        end.run();
    }
}
