package dev.authmail.mx;

import java.net.InetAddress;
import java.util.List;

/** The addresses of one mail host. RFC 5321 §5.1. */
public sealed interface HostAddresses {
    /**
     * There are some.
     *
     * @param addresses in the order in which they are tried; never empty
     * @param secure whether DNSSEC proves all of them, as DANE demands. RFC 7672 §2.2.1
     * @param owner the host itself, or the name that has the addresses after CNAMEs
     */
    record Found(List<InetAddress> addresses, boolean secure, String owner) implements HostAddresses {
        public Found {
            addresses = List.copyOf(addresses);
        }
    }

    /** The host has no address of a kind that is used. */
    record None() implements HostAddresses {}

    /** All its addresses are private, loopback, link-local or otherwise not public. */
    record OnlyForbidden() implements HostAddresses {}

    /** The DNS could not answer; temporary. */
    record DnsFailure(String detail) implements HostAddresses {}
}
