package dev.authmail.mx;

/** Which addresses of a host are tried, and which kind comes first. The kinds alternate. RFC 8305 §4. */
public enum IpPreference {
    /** IPv4, IPv6, IPv4 … */
    IPV4_FIRST,
    /** IPv6, IPv4, IPv6 … */
    IPV6_FIRST,
    /** IPv4 alone: for a sender without an IPv6 address that has a PTR record. */
    IPV4_ONLY,
    /** IPv6 alone. */
    IPV6_ONLY
}
