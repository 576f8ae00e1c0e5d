/**
 * DMARC as the owner of a domain needs it: records read strictly, the policy and the organizational domain found, identifiers
 * compared. RFC 9989, and RFC 7489 where receivers still follow it.
 */
@NullMarked
package dev.authmail.dmarc;

import org.jspecify.annotations.NullMarked;
