package dev.authmail.camel;

import dev.authmail.authurl.AuthUrlSigner;
import dev.authmail.authurl.OneTimeCodes;
import dev.authmail.delivery.Conclusion;
import dev.authmail.delivery.Fault;
import dev.authmail.delivery.Reason;
import dev.authmail.delivery.UserState;
import dev.authmail.event.RegistrationEvent;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;

/**
 * Makes the signed auth URL, and the code beside it where codes are on; each attempt makes new ones, so that they live from
 * the attempt.
 */
public final class SignUrl implements Processor {
    private final AuthUrlSigner signer;
    private final @Nullable OneTimeCodes codes;

    /**
     * @param signer of URLs
     * @param codes makes codes; null when mails have the link alone
     */
    public SignUrl(AuthUrlSigner signer, @Nullable OneTimeCodes codes) {
        this.signer = signer;
        this.codes = codes;
    }

    @Override
    public void process(Exchange exchange) {
        RegistrationEvent event = Variables.EVENT.of(exchange);
        if (!signer.knows(event.purpose())) {
            throw unknown(event.purpose());
        }
        Variables.AUTH_URL.set(exchange, signer.sign(event));
        if (codes != null) {
            Variables.ONE_TIME_CODE.set(exchange, codes.of(event));
        }
    }

    private static MailRefusedException unknown(String purpose) {
        return new MailRefusedException(new Conclusion.GivenUp(
                Reason.INVALID_EVENT,
                Fault.EVENT,
                UserState.OUR_FAULT,
                "purpose: " + purpose + " has no landing path in authmail.link.paths"));
    }
}
