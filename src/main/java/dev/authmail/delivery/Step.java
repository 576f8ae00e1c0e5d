package dev.authmail.delivery;

/** What the route does next. */
public enum Step {
    /** Taken over by a server: finish. */
    DONE("done"),
    /** Ask the next hop at once; when there is none, try later. */
    NEXT("next"),
    /** No other hop now: try later, until the deadline. */
    LATER("later"),
    /** Never: dead letter. */
    GIVE_UP("give-up"),
    /** It may have been delivered: no other hop now; later the same hop alone. */
    UNCONFIRMED("unconfirmed");

    private final String code;

    Step(String code) {
        this.code = code;
    }

    /** The word in routes. */
    public String code() {
        return code;
    }
}
