package dev.authmail.traffic;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.OptionalInt;

/**
 * How many mails a day a new sending address gives to one provider. The calendar alone says it, so every replica knows it
 * after every restart.
 *
 * @param firstDay when the address began to send, UTC
 * @param ceilings of the first day, the second …; after the last there is none
 */
public record WarmUpSchedule(LocalDate firstDay, List<Integer> ceilings) {
    public WarmUpSchedule {
        ceilings = List.copyOf(ceilings);
        if (ceilings.isEmpty() || ceilings.stream().anyMatch(c -> c < 1)) {
            throw new IllegalArgumentException(
                    "the schedule is " + ceilings + "; name one ceiling at least, and each must be 1 or more");
        }
    }

    /** The ceiling of a day; empty when the warm-up is over. Before the first day it is that of the first. */
    OptionalInt ceiling(LocalDate day) {
        long index = Math.max(0, ChronoUnit.DAYS.between(firstDay, day));
        return index < ceilings.size() ? OptionalInt.of(ceilings.get((int) index)) : OptionalInt.empty();
    }
}
