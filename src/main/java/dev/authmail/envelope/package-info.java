/**
 * The envelope sender that tells, from a bounce alone, which event it belongs to, and that nobody can forge. RFC 5321
 * §3.6.3 (where reports go), RFC 2104.
 *
 * <p>{@link dev.authmail.envelope.EnvelopeSender} makes the address, {@link dev.authmail.envelope.EnvelopeToken} reads
 * it back.
 */
@NullMarked
package dev.authmail.envelope;

import org.jspecify.annotations.NullMarked;
