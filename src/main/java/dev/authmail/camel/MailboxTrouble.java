package dev.authmail.camel;

import dev.authmail.delivery.SmtpText;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.camel.Exchange;
import org.apache.camel.spi.ExceptionHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells in one line, and counts, that a mailbox could not be read; it is tried again at the next poll. */
public final class MailboxTrouble implements ExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger("authmail.mailbox");

    private final Counter failures;

    /** @param meters where failures are counted */
    public MailboxTrouble(MeterRegistry meters) {
        failures = Counter.builder("authmail.mailbox.failures")
                .description("Polls of a mailbox that failed, and mails that could not be dealt with at once")
                .register(meters);
    }

    @Override
    public void handleException(Throwable exception) {
        handleException("", null, exception);
    }

    @Override
    public void handleException(@Nullable String message, Throwable exception) {
        handleException(message, null, exception);
    }

    /** Without Camel's words: they name the user. What a server said may quote an address. */
    @Override
    public void handleException(@Nullable String message, @Nullable Exchange exchange, Throwable exception) {
        failures.increment();
        LOG.warn("mailbox=failed cause=\"{}\"", words(exception));
    }

    private static String words(Throwable exception) {
        String text = exception.getClass().getSimpleName() + ": " + exception.getMessage();
        Throwable cause = exception.getCause();
        return SmtpText.redact(cause == null ? text : text + ": " + cause.getMessage())
                .replace('"', ' ');
    }
}
