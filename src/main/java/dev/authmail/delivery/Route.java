package dev.authmail.delivery;

/** The two ways a mail can go; the value of {@code authmail-route} in lower case. */
public enum Route {
    /** Through a relay of ours. */
    RELAY,
    /** Straight to the recipient's MX hosts. */
    DIRECT
}
