/**
 * Reads mails that strangers wrote: MIME as it comes, with hard limits on octets, parts, depth and header. What is broken
 * is read as far as it can be and never fails; what is beyond a limit is passed over without being kept. RFC 2045, RFC 5322.
 */
@NullMarked
package dev.authmail.mime;

import org.jspecify.annotations.NullMarked;
