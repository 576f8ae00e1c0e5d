/**
 * The words of SMTP and a client that speaks them. RFC 5321, RFC 3207, RFC 4954, RFC 2034, RFC 6531.
 */
@NullMarked
package dev.authmail.smtp;

import org.jspecify.annotations.NullMarked;
