package dev.authmail.traffic;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Warm-up of a new sending address: a ceiling of mails a day to each provider. Each replica counts the mails that were
 * taken under a key of its own in the state topic, and adds up the counts of all; what is written outlives it, so a
 * restart begins where it was. Only mails that are on their way on another replica at that moment are not counted yet.
 * Thread-safe.
 */
public final class WarmUp implements Gate {
    /** What the keys of counts begin with: {@code warm-up/direct/<provider>/<day>/<replica>}. */
    public static final String KEY_PREFIX = "warm-up/direct/";

    private static final Pattern KEY =
            Pattern.compile("warm-up/direct/([a-z0-9._-]{1,253})/(\\d{4}-\\d\\d-\\d\\d)/(\\w+)");
    private static final Pattern COUNT = Pattern.compile("\\{\"count\":(\\d{1,9})\\}");

    private final WarmUpSchedule schedule;
    private final String replica;
    private final SharedState shared;
    private final Clock clock;
    private final Map<String, Map<String, Integer>> takenToday = new HashMap<>();
    private final Map<String, Integer> underWay = new HashMap<>();
    private final List<String> old = new ArrayList<>();
    private LocalDate today = LocalDate.MIN;

    /**
     * @param schedule the ceilings
     * @param replica a name that no other replica has, now or before
     * @param shared writes to the state topic
     * @param clock tells the day, in UTC
     */
    public WarmUp(WarmUpSchedule schedule, String replica, SharedState shared, Clock clock) {
        this.schedule = schedule;
        this.replica = replica;
        this.shared = shared;
        this.clock = clock;
    }

    @Override
    public synchronized Admission ask(Destination to) {
        OptionalInt ceiling = schedule.ceiling(beginDay());
        if (ceiling.isEmpty()) {
            return OPEN.ask(to);
        }
        String provider = to.provider();
        int taken = takenToday.getOrDefault(provider, Map.of()).values().stream()
                .mapToInt(c -> c)
                .sum();
        if (taken + underWay.getOrDefault(provider, 0) >= ceiling.getAsInt()) {
            return new Admission.Denied(
                    Admission.Cause.LIMITED,
                    provider + " gets no more than " + ceiling.getAsInt() + " mails today, while the address is new",
                    untilTomorrow());
        }
        underWay.merge(provider, 1, Integer::sum);
        return (Admission.Permit) reception -> ended(provider, reception);
    }

    private synchronized void ended(String provider, Reception reception) {
        underWay.computeIfPresent(provider, (p, n) -> n > 1 ? n - 1 : null);
        if (reception instanceof Reception.Accepted) {
            LocalDate day = beginDay();
            int count =
                    takenToday.computeIfAbsent(provider, p -> new HashMap<>()).merge(replica, 1, Integer::sum);
            write(provider, day, count);
        }
    }

    private void write(String provider, LocalDate day, int count) {
        String key = KEY_PREFIX + provider + "/" + day + "/" + replica;
        shared.write(key, ("{\"count\":" + count + "}").getBytes(StandardCharsets.UTF_8), () -> {});
    }

    /** Takes a record of the state topic; what is no count is left to others. */
    public synchronized void learn(String key, byte @Nullable [] value) {
        Matcher count = KEY.matcher(key);
        if (value == null || !count.matches() || count.group(3).equals(replica)) {
            return;
        }
        LocalDate day = day(count.group(2));
        if (day.isBefore(beginDay())) {
            old.add(key);
            forgetOld();
        } else if (day.equals(today)) {
            takenToday.computeIfAbsent(count.group(1), p -> new HashMap<>()).put(count.group(3), read(value));
        }
    }

    private static LocalDate day(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException none) {
            return LocalDate.MAX;
        }
    }

    private static int read(byte[] value) {
        Matcher count = COUNT.matcher(new String(value, 0, Math.min(value.length, 100), StandardCharsets.US_ASCII));
        return count.matches() ? Integer.parseInt(count.group(1)) : 0;
    }

    /** The day it is; when it is a new one, all begins at zero and yesterday's counts are removed from the topic. */
    private LocalDate beginDay() {
        LocalDate day = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        if (day.isAfter(today)) {
            LocalDate before = today;
            takenToday.forEach((provider, counts) ->
                    counts.keySet().forEach(r -> old.add(KEY_PREFIX + provider + "/" + before + "/" + r)));
            takenToday.clear();
            today = day;
            forgetOld();
        }
        return today;
    }

    private void forgetOld() {
        old.forEach(key -> shared.write(key, null, () -> {}));
        old.clear();
    }

    private Duration untilTomorrow() {
        Instant tomorrow = today.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC);
        return Duration.between(clock.instant(), tomorrow);
    }
}
