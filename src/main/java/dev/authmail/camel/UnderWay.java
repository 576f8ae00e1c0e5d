package dev.authmail.camel;

import dev.authmail.event.EventId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The attempts that this process is making right now. A second record of one of them makes no second mail; its offset is
 * done when the first one's is, so that a crash in between reads both again. A retry record is another attempt: it can
 * be due before the record that wrote it is done, and must not end with it.
 */
final class UnderWay {
    private final Map<Key, Intake> intakes = new ConcurrentHashMap<>();

    private record Key(EventId event, int attempt) {}

    /** Whether this record may go on; otherwise it is tied to the one that is under way. */
    boolean begin(EventId event, int attempt, Intake intake) {
        Key key = new Key(event, attempt);
        Intake first = intakes.putIfAbsent(key, intake);
        if (first == null) {
            intake.whenDone(() -> intakes.remove(key, intake));
            return true;
        }
        if (first == intake) {
            return true; // a route that asks twice
        }
        intake.follow(first);
        return false;
    }
}
