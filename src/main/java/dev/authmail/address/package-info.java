/**
 * Addresses and domains, parsed once and valid ever after. RFC 5321 §4.1.2, RFC 5890, RFC 6531 §3.3.
 *
 * <p>{@link dev.authmail.address.MailAddress#parse} takes the full syntax and says which rule a text breaks;
 * {@link dev.authmail.address.RecipientPolicy} is narrower: what sign-up mail is sent to. A rule never repeats the
 * text it speaks of, so it can stand in logs and headers.
 */
@NullMarked
package dev.authmail.address;

import org.jspecify.annotations.NullMarked;
