package dev.authmail.camel;

import dev.authmail.delivery.Conclusion;

/** Ends a route before delivery: the border form of a refusal. Its text holds no secret and no local part. */
public final class MailRefusedException extends RuntimeException {
    private final Conclusion.GivenUp conclusion;

    /** @param conclusion why there will be no mail */
    public MailRefusedException(Conclusion.GivenUp conclusion) {
        super(conclusion.reason().code() + ": " + conclusion.detail(), null, false, false);
        this.conclusion = conclusion;
    }

    Conclusion.GivenUp conclusion() {
        return conclusion;
    }
}
