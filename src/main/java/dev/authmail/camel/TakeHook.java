package dev.authmail.camel;

import dev.authmail.event.SourceRecord;
import dev.authmail.kafka.Ticket;
import dev.authmail.webhook.Authenticity;
import dev.authmail.webhook.HookRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.springboot.PlatformHttpMessage;

/**
 * Takes a request of another system's webhook. Sets the variable {@code genuine}, unless that cannot
 * be told now; a genuine one goes on as a record would
 * that came from Kafka: its name is made of its body, so that one that is sent again is known again. No header of the
 * request enters the route.
 */
public final class TakeHook implements Processor {
    private final String name;
    private final Authenticity sender;
    private final Clock clock;

    /**
     * @param name of the hook, as in the settings
     * @param sender tells who sent it
     * @param clock tells when
     */
    public TakeHook(String name, Authenticity sender, Clock clock) {
        this.name = name;
        this.sender = sender;
        this.clock = clock;
    }

    @Override
    public void process(Exchange exchange) {
        HttpServletRequest request = request(exchange);
        byte[] body = exchange.getMessage().getBody(byte[].class);
        byte[] octets = body == null ? new byte[0] : body;
        Authenticity.Finding finding = sender.check(new HookRequest(fields(request), octets));
        exchange.getMessage().removeHeaders("*");
        exchange.getMessage().setBody(octets);
        if (finding != Authenticity.Finding.UNDECIDED) {
            Variables.GENUINE.set(exchange, finding == Authenticity.Finding.GENUINE);
        }
        if (finding == Authenticity.Finding.GENUINE) {
            var record =
                    new SourceRecord(source(name), 0, fingerprint(octets), clock.instant(), null, octets, List.of());
            new Intake(record, Ticket.NONE, exchange.getFromRouteId()).goWith(exchange);
        }
    }

    /** What stands in the place of a topic for what a hook took. */
    public static String source(String hook) {
        return "hook." + hook;
    }

    static HttpServletRequest request(Exchange exchange) {
        if (exchange.getMessage() instanceof PlatformHttpMessage message) {
            return message.getRequest();
        }
        throw new IllegalStateException("this exchange did not come over HTTP");
    }

    private static Map<String, String> fields(HttpServletRequest request) {
        Map<String, String> fields = new HashMap<>();
        request.getHeaderNames()
                .asIterator()
                .forEachRemaining(field -> fields.put(field, String.valueOf(request.getHeader(field))));
        return fields;
    }

    /** 63 bits of the body's SHA-256 in the place of an offset. */
    private static long fingerprint(byte[] octets) {
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(octets))
                            .getLong()
                    & Long.MAX_VALUE;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
