/**
 * How a mailbox lets us in: a password, or an access token of OAuth 2.0 (RFC 6749) as Gmail and Microsoft 365 want it.
 */
@NullMarked
package dev.authmail.mailbox;

import org.jspecify.annotations.NullMarked;
