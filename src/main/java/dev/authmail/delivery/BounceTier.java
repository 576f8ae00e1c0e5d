package dev.authmail.delivery;

import java.util.Locale;

/** The coarse class of a refusal or bounce, as bounce processors sort them. */
public enum BounceTier {
    /** Nobody has the address, or the domain takes no mail: it will not get better. */
    HARD,
    /** It may pass by waiting: 4yz, mailbox full, a server in trouble, a rate. */
    SOFT,
    /** The sender, the message or a rule of the receiver; says nothing about the address. */
    POLICY,
    /** A person's or program's automatic answer. RFC 3834. */
    AUTOREPLY,
    /** A complaint. RFC 5965. */
    FEEDBACK,
    /** It was delivered. */
    DELIVERED;

    /** The word in reports. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The class of a refusal.
     *
     * @param permanent whether the reply is 5yz; it alone says so. RFC 5321 §4.2.1
     */
    public static BounceTier of(boolean permanent, Finding finding) {
        // A wait is named where waiting helps, such as with rates that some servers refuse with 5yz.
        if (!permanent || finding.scope() == Scope.HOST || finding.atLeast().isPositive()) {
            return SOFT;
        }
        if (finding.fault() != Fault.RECIPIENT) {
            return POLICY;
        }
        if (finding.suppress() || finding.userState() == UserState.ADDRESS_UNKNOWN) {
            return HARD;
        }
        return finding.scope() == Scope.DOMAIN ? POLICY : SOFT;
    }
}
