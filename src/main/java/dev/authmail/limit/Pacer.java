package dev.authmail.limit;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A rate for each of many keys, with one number a key: the time until which its mails are paid for (the generic cell rate
 * algorithm). So many at once, and after that one each interval. Not thread-safe.
 */
final class Pacer {
    private final long interval;
    private final long burst;
    private final Map<Long, Long> paidUntil;

    /**
     * @param interval milliseconds between two mails in the long run
     * @param atOnce how many may come at once
     * @param maxEntries how many keys are known; the one unused for longest goes first
     */
    Pacer(long interval, int atOnce, int maxEntries) {
        this.interval = interval;
        this.burst = interval * (atOnce - 1);
        this.paidUntil = new LinkedHashMap<>(64, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Long, Long> eldest) {
                return size() > maxEntries;
            }
        };
    }

    boolean allows(long key, long now) {
        Long paid = paidUntil.get(key);
        return paid == null || paid - now <= burst;
    }

    void count(long key, long now) {
        Long paid = paidUntil.get(key);
        paidUntil.put(key, Math.max(now, paid == null ? now : paid) + interval);
    }

    int size() {
        return paidUntil.size();
    }
}
