/**
 * Whether mail may go to a server or a provider now: circuit breakers, providers that closed themselves to us, limits,
 * warm-up. Pure state machines on a clock; what replicas share goes through the state topic.
 *
 * <p>{@link dev.authmail.traffic.Gate} is what a hop asks; {@link dev.authmail.traffic.Reception} is what it tells.
 */
@NullMarked
package dev.authmail.traffic;

import org.jspecify.annotations.NullMarked;
