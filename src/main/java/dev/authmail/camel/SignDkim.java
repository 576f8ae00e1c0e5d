package dev.authmail.camel;

import dev.authmail.dkim.DkimSigner;
import dev.authmail.mail.MailMessage;
import dev.authmail.smtp.Deadline;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Signs the message; from here on its octets are the octets on the wire. Body before: {@code MailMessage}, afterwards: a
 * sealed message that only an smtp endpoint of ours can send. A signature that cannot be made stops the mail.
 */
public final class SignDkim implements Processor {
    private final DkimSigner signer;
    private final Duration attemptTime;

    /**
     * @param signer with the keys
     * @param attemptTime how long the attempt that now begins may take, over all hops
     */
    public SignDkim(DkimSigner signer, Duration attemptTime) {
        this.signer = signer;
        this.attemptTime = attemptTime;
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        MailMessage message = exchange.getMessage().getMandatoryBody(MailMessage.class);
        Intake intake = Intake.of(exchange);
        SealedMimeMessage mail = new SealedMimeMessage(
                signer.sign(message),
                Variables.ENVELOPE.of(exchange),
                Deadline.in(attemptTime).unless(() -> !intake.isOurs()),
                Variables.ATTEMPT.of(exchange).pinnedHop());
        Variables.MAIL.set(exchange, mail);
        exchange.getMessage().setBody(mail);
    }
}
