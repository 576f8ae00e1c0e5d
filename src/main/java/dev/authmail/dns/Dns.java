package dev.authmail.dns;

import java.net.Inet4Address;
import java.net.Inet6Address;

/** Questions to the DNS; names are A-labels, absolute, with or without the final dot. Thread-safe, bounded in time. */
public interface Dns {
    /** The MX records, in the order of the answer. */
    DnsAnswer<MxRecord> mx(String name);

    /** The IPv4 addresses. */
    DnsAnswer<Inet4Address> a(String name);

    /** The IPv6 addresses. */
    DnsAnswer<Inet6Address> aaaa(String name);

    /** The TXT records, the strings of each joined without a separator. RFC 7208 §3.3. */
    DnsAnswer<String> txt(String name);

    /** The host names of a reverse name, without the final dot. RFC 1035 §3.5. */
    DnsAnswer<String> ptr(String name);

    /** The TLSA records, as they are published. RFC 6698. */
    DnsAnswer<TlsaRecord> tlsa(String name);

    /** The name that this one is an alias of; it is not followed. */
    DnsAnswer<String> cname(String name);
}
