package dev.authmail.dns;

import java.util.List;

/**
 * What the DNS said to one question. RFC 1035 §4.1.1, RFC 2308 §2.
 *
 * @param <T> what a record of the type asked for says
 */
public sealed interface DnsAnswer<T> {
    /** There are records; never empty. CNAMEs have been followed. */
    record Found<T>(List<T> records) implements DnsAnswer<T> {
        public Found {
            records = List.copyOf(records);
        }
    }

    /** The name does not exist (NXDOMAIN). RFC 2308 §2.1. */
    record NoSuchName<T>() implements DnsAnswer<T> {}

    /** The name exists and has no record of this type (NODATA). RFC 2308 §2.2. */
    record NoData<T>() implements DnsAnswer<T> {}

    /** No answer now: SERVFAIL, REFUSED, silence, nonsense. Always temporary. */
    record Failed<T>(String detail) implements DnsAnswer<T> {}
}
