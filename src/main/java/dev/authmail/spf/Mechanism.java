package dev.authmail.spf;

import java.util.Optional;

/** What is compared with the sending host. RFC 7208 §5. */
sealed interface Mechanism {
    /** Matches always. §5.1. */
    record All() implements Mechanism {}

    /** Matches when another domain's record says pass. §5.2. */
    record Include(MacroString domain) implements Mechanism {}

    /** Matches the addresses of a host. §5.3. */
    record A(Optional<MacroString> domain, DualCidr cidr) implements Mechanism {}

    /** Matches the addresses of a domain's mail exchangers. §5.4. */
    record Mx(Optional<MacroString> domain, DualCidr cidr) implements Mechanism {}

    /** Matches hosts whose name, by reverse look-up, lies in a domain. §5.5. */
    record Ptr(Optional<MacroString> domain) implements Mechanism {}

    /** Matches a network of either family. §5.6. */
    record Ip(Network network) implements Mechanism {}

    /** Matches when a name has an IPv4 address, whatever it is. §5.7. */
    record Exists(MacroString domain) implements Mechanism {}

    /** How many bits of an address count, for IPv4 and for IPv6. §5.6. */
    record DualCidr(int ipv4, int ipv6) {
        static final DualCidr WHOLE = new DualCidr(32, 128);

        Network around(byte[] octets) {
            return new Network(octets, octets.length == 4 ? ipv4 : ipv6);
        }
    }

    /** The domain it names, if it does. */
    default Optional<MacroString> named() {
        return switch (this) {
            case All all -> Optional.empty();
            case Ip ip -> Optional.empty();
            case Include include -> Optional.of(include.domain());
            case A a -> a.domain();
            case Mx mx -> mx.domain();
            case Ptr ptr -> ptr.domain();
            case Exists exists -> Optional.of(exists.domain());
        };
    }

    /** Whether evaluating it asks the DNS, so that it counts for the limit. §4.6.4. */
    default boolean asksDns() {
        return switch (this) {
            case All all -> false;
            case Ip ip -> false;
            case Include include -> true;
            case A a -> true;
            case Mx mx -> true;
            case Ptr ptr -> true;
            case Exists exists -> true;
        };
    }
}
