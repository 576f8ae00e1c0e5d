package dev.authmail.replay;

import dev.authmail.delivery.Reason;
import java.util.Set;

/** Why a dead letter is not replayed. */
public enum Hindrance {
    /** Its value tells of a bounce; the event itself was mailed. */
    BOUNCE("bounces: the mail was sent and came back; ask the user for another address"),
    /** It carries no event id and no reason of ours. */
    FOREIGN("no dead letters of authmail: event id or reason is missing or unknown"),
    /** The event was too large for the topic. */
    NO_VALUE("without the event: it was too large; publish it again from its source"),
    /** Another system's event, which only its adapter can read. */
    ADAPTED("events of other systems that became no registration: mend the mapping, then have them sent again from"
            + " there, or write them to their topic once more (docs/adapters.md)"),
    /** It would end the same way, or was refused on purpose. */
    NEEDS_REASON("would end the same way again, or were refused on purpose; --reason invalid-event, invalid-address,"
            + " suppressed, superseded or limited takes them all the same"),
    /** The event died again later. */
    OLDER("older: a later dead letter of the same event counts"),
    /** The event is on its way. */
    WAITING("waiting: the ledger says that another attempt will be made"),
    /** The event has its mail. */
    ACCEPTED("accepted: the ledger says that the mail was sent"),
    /** Another event of the user and purpose waits or was mailed. */
    SUPERSEDED("superseded: a newer event of the same user and purpose took its place"),
    /** This very replay was made before. */
    REPLAYED("already replayed; --again NAME replays them once more");

    /** Reasons that lead to the same end again unless something changed; they must be named to be replayed. */
    public static final Set<Reason> SAME_END =
            Set.of(Reason.INVALID_EVENT, Reason.INVALID_ADDRESS, Reason.SUPPRESSED, Reason.SUPERSEDED);

    private final String words;

    Hindrance(String words) {
        this.words = words;
    }

    /** For people: what they are, and what can be done. */
    public String words() {
        return words;
    }
}
