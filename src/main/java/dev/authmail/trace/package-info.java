/**
 * The story of one event, gathered from the topics: received, tried, deferred, accepted, bounced. It reads and writes
 * nothing; {@link dev.authmail.trace.EventTrace} is where to begin.
 */
@NullMarked
package dev.authmail.trace;

import org.jspecify.annotations.NullMarked;
