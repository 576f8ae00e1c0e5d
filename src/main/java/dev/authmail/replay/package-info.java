/**
 * Puts dead letters back on their way, when what was wrong is mended.
 *
 * <p>{@link dev.authmail.replay.Selection} says which; {@link dev.authmail.replay.ReplayPlanner} reads dead letters and
 * ledger and makes the {@link dev.authmail.replay.ReplayPlan}: which can go, and why others cannot
 * ({@link dev.authmail.replay.Hindrance}); {@link dev.authmail.replay.Replayer} writes them to the first retry topic. A
 * replay is named by the position of its dead letter, so that the service lets each through once, however often the
 * command runs.
 */
@NullMarked
package dev.authmail.replay;

import org.jspecify.annotations.NullMarked;
