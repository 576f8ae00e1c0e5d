package dev.authmail.mx;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Addresses that a stranger's DNS must not lead us to: they are not public, so behind them stands one of our own
 * machines. RFC 6890 and the IANA special-purpose registries; the documentation networks, where nobody can be, are left
 * out.
 */
final class ForbiddenAddresses {
    private static final List<Prefix> IPV4 = prefixes(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "224.0.0.0/4",
            "240.0.0.0/4");
    // Local-use NAT64, discard, Teredo (an IPv4 address in disguise), ULA, link-local, site-local, multicast.
    private static final List<Prefix> IPV6 = prefixes(
            "::/128",
            "::1/128",
            "64:ff9b:1::/48",
            "100::/64",
            "2001::/32",
            "fc00::/7",
            "fe80::/10",
            "fec0::/10",
            "ff00::/8");
    // Where an IPv4 address stands inside an IPv6 one: compatible, mapped, translated, NAT64, 6to4.
    private static final List<Embedding> EMBEDDINGS = Stream.of(
                    new Embedding(Prefix.of("::/96"), 12),
                    new Embedding(Prefix.of("::ffff:0:0:0/96"), 12),
                    new Embedding(Prefix.of("64:ff9b::/96"), 12),
                    new Embedding(Prefix.of("2002::/16"), 2),
                    new Embedding(new Prefix(mappedZero(), 96), 12))
            .toList();

    private ForbiddenAddresses() {}

    static boolean contain(InetAddress address) {
        byte[] octets = address.getAddress();
        return address instanceof Inet4Address ? forbiddenIpv4(octets) : forbiddenIpv6(octets);
    }

    private static boolean forbiddenIpv4(byte[] octets) {
        return IPV4.stream().anyMatch(p -> p.contains(octets));
    }

    private static boolean forbiddenIpv6(byte[] octets) {
        return IPV6.stream().anyMatch(p -> p.contains(octets))
                || EMBEDDINGS.stream()
                        .anyMatch(e -> e.prefix.contains(octets)
                                && forbiddenIpv4(Arrays.copyOfRange(octets, e.offset, e.offset + 4)));
    }

    private static List<Prefix> prefixes(String... texts) {
        return Arrays.stream(texts).map(Prefix::of).toList();
    }

    /** ::ffff:0.0.0.0, which java.net cannot be given as text: it would make an IPv4 address of it. */
    private static byte[] mappedZero() {
        byte[] octets = new byte[16];
        octets[10] = (byte) 0xff;
        octets[11] = (byte) 0xff;
        return octets;
    }

    private static final class Embedding {
        private final Prefix prefix;
        private final int offset;

        Embedding(Prefix prefix, int offset) {
            this.prefix = prefix;
            this.offset = offset;
        }
    }

    private static final class Prefix {
        private final byte[] network;
        private final int bits;

        Prefix(byte[] network, int bits) {
            this.network = network;
            this.bits = bits;
        }

        static Prefix of(String text) {
            int slash = text.indexOf('/');
            try {
                byte[] network = InetAddress.getByName(text.substring(0, slash)).getAddress();
                return new Prefix(network, Integer.parseInt(text.substring(slash + 1)));
            } catch (UnknownHostException e) {
                throw new IllegalArgumentException(text, e);
            }
        }

        boolean contains(byte[] address) {
            int whole = bits / 8;
            int mask = 0xff << (8 - bits % 8) & 0xff;
            return address.length == network.length
                    && Arrays.equals(address, 0, whole, network, 0, whole)
                    && (bits % 8 == 0 || (address[whole] & mask) == (network[whole] & mask));
        }
    }
}
