package dev.authmail.outcome;

import java.time.Instant;

/**
 * Says that a dead letter was put back on its way by an operator.
 *
 * @param id which dead letter that was; each is let through once
 * @param at when it was put back; the deadline counts from here
 */
public record Replay(String id, Instant at) {}
