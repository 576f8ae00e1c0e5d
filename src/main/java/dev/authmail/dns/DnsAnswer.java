package dev.authmail.dns;

import java.util.List;

/**
 * What the DNS said to one question. RFC 1035 §4.1.1, RFC 2308 §2.
 *
 * @param <T> what a record of the type asked for says
 */
public sealed interface DnsAnswer<T> {
    /**
     * There are records. CNAMEs have been followed.
     *
     * @param records never empty
     * @param secure whether DNSSEC proves them and every CNAME that led to them; never when nothing is validated. RFC 4035
     *     §4.3
     * @param owner the name that has them, lower case, without a final dot: another than the one asked for after CNAMEs
     */
    record Found<T>(List<T> records, boolean secure, String owner) implements DnsAnswer<T> {
        /** Records to which neither of that matters. */
        public Found(List<T> records) {
            this(records, false, "");
        }

        public Found {
            records = List.copyOf(records);
        }
    }

    /** The name does not exist (NXDOMAIN). RFC 2308 §2.1. */
    record NoSuchName<T>() implements DnsAnswer<T> {}

    /** The name exists and has no record of this type (NODATA). RFC 2308 §2.2. */
    record NoData<T>() implements DnsAnswer<T> {}

    /** No answer now: SERVFAIL, REFUSED, silence, nonsense, a signature that is wrong. Always temporary. */
    record Failed<T>(String detail) implements DnsAnswer<T> {}
}
