package dev.authmail.outcome;

/** The types of outcome events. */
public enum OutcomeType {
    /** A server took the mail. */
    ACCEPTED("authmail.accepted", true),
    /** Another attempt will be made. */
    DEFERRED("authmail.deferred", false),
    /** No further attempt will be made. */
    FAILED("authmail.failed", true),
    /** A newer event, or a cancellation, took its place. */
    SUPERSEDED("authmail.superseded", true),
    /** The address gets no mail: an earlier one came back, or was called spam. */
    SUPPRESSED("authmail.suppressed", true),
    /** Another system has mailed already, or needs no mail. */
    IGNORED("authmail.ignored", true),
    /** A mail that a server took came back. RFC 3464. */
    BOUNCED("authmail.bounced", true),
    /** The recipient called it spam. RFC 5965. */
    COMPLAINED("authmail.complained", true);

    private final String type;
    private final boolean isFinal;

    OutcomeType(String type, boolean isFinal) {
        this.type = type;
        this.isFinal = isFinal;
    }

    /** The CloudEvents type. */
    public String type() {
        return type;
    }

    /** Whether nothing further is to come but a bounce or a complaint. */
    public boolean isFinal() {
        return isFinal;
    }
}
