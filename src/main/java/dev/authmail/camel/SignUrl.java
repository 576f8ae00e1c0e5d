package dev.authmail.camel;

import dev.authmail.authurl.AuthUrlSigner;
import dev.authmail.delivery.Conclusion;
import dev.authmail.delivery.Fault;
import dev.authmail.delivery.Reason;
import dev.authmail.delivery.UserState;
import dev.authmail.event.RegistrationEvent;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Makes the signed auth URL; each attempt makes a new one, so that the link lives from the attempt. */
public final class SignUrl implements Processor {
    private final AuthUrlSigner signer;

    /** @param signer of URLs */
    public SignUrl(AuthUrlSigner signer) {
        this.signer = signer;
    }

    @Override
    public void process(Exchange exchange) {
        RegistrationEvent event = Variables.EVENT.of(exchange);
        if (!signer.knows(event.purpose())) {
            throw unknown(event.purpose());
        }
        Variables.AUTH_URL.set(exchange, signer.sign(event));
    }

    private static MailRefusedException unknown(String purpose) {
        return new MailRefusedException(new Conclusion.GivenUp(
                Reason.INVALID_EVENT,
                Fault.EVENT,
                UserState.OUR_FAULT,
                "purpose: " + purpose + " has no landing path in authmail.link.paths"));
    }
}
