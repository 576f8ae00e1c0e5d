/**
 * How much TLS a mail host must give: by DANE, else by MTA-STS, else by settings. RFC 7672, RFC 8461 §2, RFC 7435.
 */
@NullMarked
package dev.authmail.tlspolicy;

import org.jspecify.annotations.NullMarked;
