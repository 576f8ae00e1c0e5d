package dev.authmail.smtp;

/**
 * Connections, for metrics.
 *
 * @param active now in use
 * @param idle now kept for the next message; room that was made for a caller who no longer waits counts too
 * @param waiting callers that now wait for a free one
 * @param opened dialled since the start, those that failed included
 */
public record PoolStats(int active, int idle, int waiting, long opened) {}
