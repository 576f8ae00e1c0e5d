package dev.authmail.camel;

import java.util.concurrent.atomic.AtomicInteger;

/** The reports of one request, and how many of them are not dealt with. Thread-safe. */
final class HookReports {
    private final boolean malformed;
    private final AtomicInteger open;

    private HookReports(boolean malformed, int open) {
        this.malformed = malformed;
        this.open = new AtomicInteger(open);
    }

    /** The request holds nothing that could be reports. */
    static HookReports malformed() {
        return new HookReports(true, 0);
    }

    static HookReports of(int count) {
        return new HookReports(false, count);
    }

    /** One is dealt with. */
    void settled() {
        open.decrementAndGet();
    }

    /** Something beside the reports has failed: the request must come again. */
    void failed() {
        open.incrementAndGet();
    }

    /** The status of the answer. RFC 9110 §15. */
    int status() {
        return malformed ? 400 : open.get() > 0 ? 503 : 200;
    }
}
