package dev.authmail.testkit;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** What a {@link ScriptedSmtpServer} does at one event, instead of or around what it would do by itself. */
public final class Reaction {
    private final String event;
    private List<String> lines = List.of();
    private Duration stall = Duration.ZERO;
    private Duration stallAfter = Duration.ZERO;
    private Duration perOctet = Duration.ZERO;
    private boolean closes;
    private int timesLeft = Integer.MAX_VALUE;
    private Predicate<Happening> condition = happening -> true;

    Reaction(String event) {
        this.event = event.toUpperCase(Locale.ROOT);
    }

    /** Answers with these lines as they are; several make a multi-line reply ({@code "250-one", "250 two"}). */
    public Reaction reply(String... replyLines) {
        lines = List.of(replyLines);
        return this;
    }

    /** Cuts the connection: after the reply when there is one, else without a word. */
    public Reaction close() {
        closes = true;
        return this;
    }

    /** Waits before it answers. */
    public Reaction stall(Duration time) {
        stall = time;
        return this;
    }

    /** Waits after it has answered, before it reads on. */
    public Reaction stallAfter(Duration time) {
        stallAfter = time;
        return this;
    }

    /** Waits before each octet of the answer. */
    public Reaction drip(Duration timePerOctet) {
        perOctet = timePerOctet;
        return this;
    }

    /** Only so often; then the reactions before it, or the server's own, hold again. */
    public Reaction times(int count) {
        timesLeft = count;
        return this;
    }

    /** Only when this holds; asked once for each command that begins as given. */
    public Reaction when(Predicate<Happening> holds) {
        condition = holds;
        return this;
    }

    /** Takes one of its times, if it is about this event and has some left. */
    synchronized boolean takes(Happening happening) {
        if (timesLeft == 0
                || !happening.command().toUpperCase(Locale.ROOT).startsWith(event)
                || !condition.test(happening)) {
            return false;
        }
        timesLeft--;
        return true;
    }

    List<String> linesOr(List<String> own) {
        return !lines.isEmpty() ? lines : closes ? List.of() : own;
    }

    boolean refuses() {
        return !lines.isEmpty() && lines.getFirst().matches("[45].*");
    }

    Duration stall() {
        return stall;
    }

    Duration stallAfter() {
        return stallAfter;
    }

    Duration perOctet() {
        return perOctet;
    }

    boolean closes() {
        return closes;
    }
}
