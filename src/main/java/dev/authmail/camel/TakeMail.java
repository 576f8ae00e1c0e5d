package dev.authmail.camel;

import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.mail.MailConsumer;
import org.apache.camel.component.mail.MailMessage;
import org.apache.camel.support.DefaultMessage;
import org.apache.camel.support.SynchronizationAdapter;
import org.apache.kafka.common.KafkaException;
import org.eclipse.angus.mail.pop3.POP3Folder;

/**
 * Takes a mail from its mailbox: as much of its octets as the limit allows becomes the body. Its header does not become the
 * exchange's: strangers wrote it. Remembers which mails could not be dealt with, so that none is read for ever.
 */
public final class TakeMail implements Processor {
    private static final int MOST_REMEMBERED = 10_000;

    private final int maxOctets;
    private final OneReader reader;
    private final MailboxTrouble trouble;
    private final Clock clock;
    private final Map<String, Past> past = Collections.synchronizedMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Past> eldest) {
            return size() > MOST_REMEMBERED;
        }
    });

    private record Past(Instant firstSeen, int failures) {}

    /**
     * @param maxOctets how much of a mail is read
     * @param reader is told when a mail must be read again
     * @param trouble tells people
     * @param clock tells since when a mail is known
     */
    public TakeMail(int maxOctets, OneReader reader, MailboxTrouble trouble, Clock clock) {
        this.maxOctets = maxOctets;
        this.reader = reader;
        this.trouble = trouble;
        this.clock = clock;
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        MailMessage in = Objects.requireNonNull(exchange.getIn(MailMessage.class), "this exchange is no mail");
        Message mail = in.getOriginalMessage();
        String name = String.valueOf(exchange.getProperty(MailConsumer.MAIL_MESSAGE_UID));
        Past before = past.computeIfAbsent(name, n -> new Past(clock.instant(), 0));
        exchange.getExchangeExtension().addOnCompletion(new Ending(name));
        byte[] octets = MailOctets.of(mail, maxOctets);
        Folder folder = mail.getFolder();
        Variables.TAKEN.set(
                exchange,
                new TakenMail(
                        octets,
                        "message/rfc822",
                        !(folder instanceof POP3Folder),
                        folder.getSeparator(),
                        before.firstSeen(),
                        before.failures()));
        exchange.setIn(new DefaultMessage(exchange.getContext()));
        exchange.getIn().setBody(octets);
    }

    private final class Ending extends SynchronizationAdapter {
        private final String name;

        Ending(String name) {
            this.name = name;
        }

        @Override
        public void onComplete(Exchange exchange) {
            past.remove(name);
        }

        @Override
        public void onFailure(Exchange exchange) {
            Endpoint mailbox = exchange.getFromEndpoint();
            if (mailbox != null) {
                reader.notAtOnce(mailbox);
            }
            Exception cause = exchange.getException();
            if (cause == null || !isAway(cause)) {
                past.computeIfPresent(name, (n, p) -> new Past(p.firstSeen(), p.failures() + 1));
            }
            if (cause != null && !(cause instanceof NotYetKnownException)) {
                trouble.handleException(cause);
            }
        }

        /** Whether it failed because of a server and not of what the mail is. */
        private boolean isAway(Throwable cause) {
            for (Throwable t = cause; t != null; t = t.getCause()) {
                if (t instanceof MessagingException
                        || t instanceof IOException
                        || t instanceof KafkaException
                        || t instanceof NotYetKnownException) {
                    return true;
                }
            }
            return false;
        }
    }
}
