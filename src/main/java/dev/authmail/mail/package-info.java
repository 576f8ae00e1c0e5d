/**
 * Composes the message as CRLF octets, and the type of a signed one. RFC 5322, RFC 2045-2047, RFC 3834, RFC 6532.
 */
@NullMarked
package dev.authmail.mail;

import org.jspecify.annotations.NullMarked;
