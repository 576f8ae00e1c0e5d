package dev.authmail.camel;

import dev.authmail.mail.MailMessage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/**
 * Makes the record of a mail's copy, keyed by the event's id. Body before: {@code MailMessage}, one that was composed for
 * the copy; what is signed and sealed is refused, since the link in it is good.
 */
public final class DescribeCopy implements Processor {
    @Override
    public void process(Exchange exchange) throws Exception {
        Message message = exchange.getMessage();
        ByteBuffer octets = message.getMandatoryBody(MailMessage.class).octets();
        byte[] copy = new byte[octets.remaining()];
        octets.get(copy);
        message.removeHeaders("*");
        message.setBody(copy);
        message.setHeader("content-type", "message/rfc822");
        EventRecord.putKey(message, Variables.EVENT_ID.of(exchange).value().getBytes(StandardCharsets.UTF_8));
    }
}
