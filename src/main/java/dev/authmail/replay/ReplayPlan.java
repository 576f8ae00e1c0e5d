package dev.authmail.replay;

import dev.authmail.delivery.Reason;
import java.util.Map;
import java.util.Set;

/**
 * What a replay will do.
 *
 * @param read how many dead letters there are, from {@code since} on
 * @param selected how many of them are meant
 * @param byReason how many go, by why they died
 * @param byDomain how many go, by the domain of the recipient; {@code (unreadable)} for an event that cannot be read
 * @param hindered how many of the selected do not go, and why
 * @param letters those that go
 */
public record ReplayPlan(
        int read,
        int selected,
        Map<Reason, Integer> byReason,
        Map<String, Integer> byDomain,
        Map<Hindrance, Integer> hindered,
        Set<Position> letters) {

    /** Where a dead letter stands on its topic. */
    public record Position(int partition, long offset) {}

    /** How many go. */
    public int size() {
        return letters.size();
    }
}
