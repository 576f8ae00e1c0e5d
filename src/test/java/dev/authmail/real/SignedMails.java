package dev.authmail.real;

import dev.authmail.camel.SealedMimeMessage;
import dev.authmail.mail.SignedMessage;
import java.nio.ByteBuffer;
import java.util.Collection;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.CamelEvent.ExchangeSendingEvent;
import org.apache.camel.support.EventNotifierSupport;
import org.springframework.context.ApplicationContext;

/** Takes a copy of every signed message on its way to a hop. */
final class SignedMails extends EventNotifierSupport {
    private final Collection<byte[]> copies;

    private SignedMails(Collection<byte[]> copies) {
        this.copies = copies;
    }

    static void watch(ApplicationContext context, Collection<byte[]> copies) {
        SignedMails watcher = new SignedMails(copies);
        watcher.start();
        context.getBean(CamelContext.class).getManagementStrategy().addEventNotifier(watcher);
    }

    @Override
    public void notify(CamelEvent event) {
        if (event instanceof ExchangeSendingEvent sending
                && sending.getExchange().getMessage().getBody() instanceof SealedMimeMessage mail) {
            copies.add(copy(mail.signed()));
        }
    }

    private static byte[] copy(SignedMessage message) {
        ByteBuffer octets = message.octets();
        byte[] copy = new byte[octets.remaining()];
        octets.get(copy);
        return copy;
    }
}
