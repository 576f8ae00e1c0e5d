/**
 * Certificates that the DNS vouches for: TLSA records of mail hosts, and whether a chain fits them. RFC 6698, RFC 7671,
 * RFC 7672 (DANE for SMTP).
 */
@NullMarked
package dev.authmail.dane;

import org.jspecify.annotations.NullMarked;
