/**
 * Signs and verifies octets. RFC 6376, RFC 8301, RFC 8463.
 */
@NullMarked
package dev.authmail.dkim;

import org.jspecify.annotations.NullMarked;
