/**
 * Asks the DNS and keeps its answers apart: found, no such name, no data, could not answer. RFC 1035, RFC 2308.
 */
@NullMarked
package dev.authmail.dns;

import org.jspecify.annotations.NullMarked;
