/**
 * Reads what comes back: delivery reports, feedback reports, and the many mails that say the same in words of their own.
 * What such words look like is data, {@code rules/bounces.yaml}; what they mean the room {@code delivery} says, as of live
 * replies. RFC 3464, RFC 5965, RFC 6522, RFC 6533.
 */
@NullMarked
package dev.authmail.bounce;

import org.jspecify.annotations.NullMarked;
