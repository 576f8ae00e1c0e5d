/**
 * Addresses and domains, parsed once and valid ever after. RFC 5321 §4.1.2, RFC 5890, RFC 6531 §3.3.
 */
@NullMarked
package dev.authmail.address;

import org.jspecify.annotations.NullMarked;
