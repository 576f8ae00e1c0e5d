package dev.authmail.camel;

import dev.authmail.envelope.EnvelopeSender;
import dev.authmail.event.RegistrationEvent;
import dev.authmail.mail.MailComposer;
import dev.authmail.mail.MailContent;
import dev.authmail.smtp.Envelope;
import dev.authmail.template.RenderedMail;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Makes the message and its envelope. Body before: {@code RenderedMail}, afterwards: {@code MailMessage}. */
public final class ComposeMail implements Processor {
    private final MailComposer composer;
    private final EnvelopeSender sender;

    /**
     * @param composer of messages
     * @param sender makes the envelope sender that a bounce comes back to
     */
    public ComposeMail(MailComposer composer, EnvelopeSender sender) {
        this.composer = composer;
        this.sender = sender;
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        RegistrationEvent event = Variables.EVENT.of(exchange);
        RenderedMail mail = exchange.getMessage().getMandatoryBody(RenderedMail.class);
        MailContent content = new MailContent(
                mail.subject(), mail.text(), mail.html(), mail.locale().toLanguageTag());
        // Stable over attempts: a second mail of one event can be recognized as such, and a bounce that names it.
        String messageId = sender.messageId(event.id());
        exchange.getMessage().setBody(composer.compose(content, event.email(), messageId));
        Variables.ENVELOPE.set(exchange, new Envelope(sender.reversePath(event.id()), event.email()));
    }
}
