package dev.authmail.delivery;

/**
 * What one hop answered in an attempt, and what that means.
 *
 * @param hop the name of the hop
 * @param route which kind of way it is
 * @param result what it made of the message
 * @param decision what the answer means
 */
public record Answer(String hop, Route route, HopResult result, Decision decision) {}
