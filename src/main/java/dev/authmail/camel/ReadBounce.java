package dev.authmail.camel;

import dev.authmail.bounce.Bounce;
import dev.authmail.bounce.BounceReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what a mail that came back says. Sets the variable {@code verdict} to {@code unreadable} when it cannot be read, or
 * when its reading has led to nothing again and again.
 */
public final class ReadBounce implements Processor {
    /** So many times a mail may fail before it is moved aside. */
    static final int MOST_FAILURES = 3;

    private static final Logger LOG = LoggerFactory.getLogger(ReadBounce.class);

    private final BounceReader reader;
    private final ReturnLog log;

    /**
     * @param reader of mails that came back
     * @param log counts what cannot be read
     */
    public ReadBounce(BounceReader reader, ReturnLog log) {
        this.reader = reader;
        this.log = log;
    }

    @Override
    public void process(Exchange exchange) throws IOException {
        TakenMail mail = Variables.TAKEN.of(exchange);
        Bounce bounce = mail.failures() >= MOST_FAILURES ? null : read(mail.octets());
        if (bounce == null) {
            Variables.VERDICT.set(exchange, "unreadable");
            log.unreadable();
        } else {
            Variables.BOUNCE.set(exchange, bounce);
        }
    }

    /** A mail that breaks us is put aside; whoever wrote it must not keep the others from being read. */
    private @Nullable Bounce read(byte[] octets) throws IOException {
        try {
            return reader.read(new ByteArrayInputStream(octets));
        } catch (RuntimeException | StackOverflowError broken) {
            StackTraceElement[] stack = broken.getStackTrace();
            LOG.error(
                    "mail=unreadable cause={} at={}",
                    broken.getClass().getSimpleName(),
                    stack.length == 0 ? "unknown" : stack[0].getFileName() + ":" + stack[0].getLineNumber());
            return null;
        }
    }
}
