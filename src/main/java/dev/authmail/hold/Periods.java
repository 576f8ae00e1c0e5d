package dev.authmail.hold;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A set of moments: periods in order, none of which overlap. */
record Periods(List<Period> periods) {
    static final Periods NONE = new Periods(List.of());

    /** From a moment, to before another. */
    record Period(Instant from, Instant to) {}

    /** All moments of all periods; what ends before it begins has none. */
    static Periods of(Collection<Period> any) {
        List<Period> merged = new ArrayList<>();
        any.stream()
                .filter(p -> p.from().isBefore(p.to()))
                .sorted(Comparator.comparing(Period::from))
                .forEach(p -> append(merged, p));
        return new Periods(List.copyOf(merged));
    }

    private static void append(List<Period> merged, Period next) {
        Period last = merged.isEmpty() ? null : merged.getLast();
        if (last == null || last.to().isBefore(next.from())) {
            merged.add(next);
        } else if (last.to().isBefore(next.to())) {
            merged.set(merged.size() - 1, new Period(last.from(), next.to()));
        }
    }

    /** Moments of this or the other. */
    Periods or(Periods other) {
        return of(Stream.concat(periods.stream(), other.periods.stream()).toList());
    }

    /** Moments of this and the other. */
    Periods and(Periods other) {
        return of(periods.stream()
                .flatMap(a -> other.periods.stream().map(b -> overlap(a, b)))
                .toList());
    }

    private static Period overlap(Period a, Period b) {
        return new Period(a.from().isAfter(b.from()) ? a.from() : b.from(), a.to().isBefore(b.to()) ? a.to() : b.to());
    }

    /** How long they are together. */
    Duration length() {
        return periods.stream().map(p -> Duration.between(p.from(), p.to())).reduce(Duration.ZERO, Duration::plus);
    }
}
