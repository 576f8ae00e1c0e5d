package dev.authmail.delivery;

/** What relays there are beside the hop that was tried, in this attempt. */
public enum RelaysLeft {
    /** No relay is configured. */
    NONE,
    /** All relays were tried in this attempt. */
    TRIED,
    /** A relay comes after this hop. */
    UNTRIED
}
