package dev.authmail.camel;

/** What the mail is about may be known a little later; until then it stays where it is. */
final class NotYetKnownException extends RuntimeException {
    private static final long serialVersionUID = 1;

    NotYetKnownException() {
        super("the ledger does not know the event yet", null, false, false);
    }
}
