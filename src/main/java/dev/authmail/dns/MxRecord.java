package dev.authmail.dns;

/**
 * One MX record. RFC 1035 §3.3.9.
 *
 * @param preference 0 to 65535, lower is tried first
 * @param exchange the host name without a final dot, lower case; empty for the root (null MX, RFC 7505 §3)
 */
public record MxRecord(int preference, String exchange) {}
