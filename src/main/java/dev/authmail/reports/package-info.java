/**
 * Reports that receivers send about our mail: DMARC aggregate reports (RFC 9990, RFC 7489 appendix C) and TLS reports
 * (RFC 8460), unpacked from whatever they come in, with hard limits, and summed up.
 */
@NullMarked
package dev.authmail.reports;

import org.jspecify.annotations.NullMarked;
