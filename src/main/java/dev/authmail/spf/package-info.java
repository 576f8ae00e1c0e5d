/**
 * Whether an address may send for a domain: SPF records read, and evaluated with all limits. RFC 7208, RFC 8616 §4.
 *
 * <p>{@link dev.authmail.spf.SpfEvaluator} is {@code check_host()}; {@link dev.authmail.spf.SpfRecord#parse} reads one
 * record and says what is wrong with it and where.
 */
@NullMarked
package dev.authmail.spf;

import org.jspecify.annotations.NullMarked;
