package dev.authmail.camel;

import dev.authmail.event.EventId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The events that this process is mailing right now. A second record of one of them makes no second mail; its offset is
 * done when the first one's is, so that a crash in between reads both again.
 */
final class UnderWay {
    private final Map<EventId, Intake> intakes = new ConcurrentHashMap<>();

    /** Whether this record may go on; otherwise it is tied to the one that is under way. */
    boolean begin(EventId event, Intake intake) {
        Intake first = intakes.putIfAbsent(event, intake);
        if (first == null) {
            intake.whenDone(() -> intakes.remove(event, intake));
            return true;
        }
        if (first == intake) {
            return true; // a route that asks twice
        }
        intake.follow(first);
        return false;
    }
}
