/** What is told to a domain about TLS with its mail hosts. RFC 8460 (SMTP TLS reporting). */
@NullMarked
package dev.authmail.tlsrpt;

import org.jspecify.annotations.NullMarked;
