package dev.authmail.camel;

import dev.authmail.event.EventId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The attempts that this process is making right now. A second record of one of them makes no second mail; its offset is
 * done when the first one's is, so that a crash in between reads both again. A retry record is another attempt: it can
 * be due before the record that wrote it is done, and must not end with it.
 */
final class UnderWay {
    private final Map<Round, Intake> intakes = new ConcurrentHashMap<>();

    /**
     * What tells a record from the one that wrote it.
     *
     * @param event which event
     * @param attempt which attempt
     * @param held how many times in a row it was put back, for then the attempt was not made
     * @param replay which replay, for it may be the first attempt again
     */
    record Round(
            EventId event, int attempt, int held, @Nullable String replay) {}

    /** Whether this record may go on; otherwise it is tied to the one that is under way. */
    boolean begin(Round round, Intake intake) {
        Intake first = intakes.putIfAbsent(round, intake);
        if (first == null) {
            intake.whenDone(() -> intakes.remove(round, intake));
            return true;
        }
        if (first == intake) {
            return true; // a route that asks twice
        }
        intake.follow(first);
        return false;
    }
}
