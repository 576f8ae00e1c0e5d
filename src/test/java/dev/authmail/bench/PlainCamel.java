package dev.authmail.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.authmail.mail.SignedMessage;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.support.jsse.TrustManagersParameters;

/**
 * The same job with camel-kafka and camel-mail as they come: a thread for each partition takes one record after the other,
 * camel-mail connects for each mail. The mail itself is made by authmail's parts, the signature by the JDK.
 */
final class PlainCamel {
    static final String STARTED = "plain Camel has started";
    static final String REGISTRATIONS = "plain.registrations";
    static final String OUTCOMES = "plain.outcomes";

    private PlainCamel() {}

    /** @param args bootstrap servers, threads, port and authority of the server, folder of the keys */
    public static void main(String[] args) throws Exception {
        MailMaker mails = new MailMaker(Path.of(args[4]));
        DefaultCamelContext context = new DefaultCamelContext();
        TrustManagersParameters managers = new TrustManagersParameters();
        managers.setTrustManager(Trust.in(Path.of(args[3])));
        SSLContextParameters tls = new SSLContextParameters();
        tls.setTrustManagers(managers);
        context.getRegistry().bind("tls", tls);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("kafka:" + REGISTRATIONS + "?brokers=" + args[0] + "&groupId=plain&autoOffsetReset=earliest"
                                + "&consumersCount=" + args[1]
                                + "&valueDeserializer=org.apache.kafka.common.serialization.ByteArrayDeserializer"
                                + "&keyDeserializer=org.apache.kafka.common.serialization.ByteArrayDeserializer")
                        .process(exchange -> exchange.getMessage().setBody(mail(exchange, mails)))
                        .to("smtp://localhost:" + args[2] + "?sslContextParameters=#tls"
                                + "&mail.smtp.starttls.enable=true&mail.smtp.starttls.required=true"
                                + "&mail.smtp.ssl.checkserveridentity=true&mail.smtp.localhost=mail.sender.test"
                                + "&mail.smtp.from=bounce@sender.test")
                        .process(PlainCamel::outcome)
                        .to("kafka:" + OUTCOMES + "?brokers=" + args[0] + "&requestRequiredAcks=all"
                                + "&valueSerializer=org.apache.kafka.common.serialization.ByteArraySerializer");
            }
        });
        context.start();
        System.out.println(STARTED);
    }

    private static MimeMessage mail(Exchange exchange, MailMaker mails) throws Exception {
        byte[] event = exchange.getMessage().getBody(byte[].class);
        exchange.getMessage().removeHeaders("*");
        SignedMessage signed = mails.signed(event);
        ByteBuffer octets = signed.octets();
        byte[] mail = new byte[octets.remaining()];
        octets.get(mail);
        return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(mail));
    }

    private static void outcome(Exchange exchange) {
        exchange.getMessage().removeHeaders("*");
        exchange.getMessage().setHeader(KafkaConstants.KEY, "u");
        exchange.getMessage().setBody("{\"type\":\"authmail.accepted\"}".getBytes(UTF_8));
    }
}
