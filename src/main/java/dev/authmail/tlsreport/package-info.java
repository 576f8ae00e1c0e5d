/** Daily reports to domains about TLS with their mail hosts. RFC 8460. */
@NullMarked
package dev.authmail.tlsreport;

import org.jspecify.annotations.NullMarked;
