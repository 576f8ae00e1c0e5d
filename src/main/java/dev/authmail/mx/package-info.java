/**
 * Finds the hosts that take mail for a domain. RFC 5321 §5.1, RFC 7505.
 */
@NullMarked
package dev.authmail.mx;

import org.jspecify.annotations.NullMarked;
