package dev.authmail.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Durations that were measured. */
final class Times {
    private final List<Duration> all = new ArrayList<>();

    synchronized void add(Duration time) {
        all.add(time);
    }

    synchronized int count() {
        return all.size();
    }

    @Override
    public synchronized String toString() {
        List<Duration> sorted = new ArrayList<>(all);
        Collections.sort(sorted);
        return "median " + Report.seconds(sorted.get(sorted.size() / 2)) + ", longest "
                + Report.seconds(sorted.getLast());
    }
}
