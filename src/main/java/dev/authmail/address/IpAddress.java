package dev.authmail.address;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;

/** The text form of IP addresses, read without asking anybody. RFC 4291 §2.2, RFC 5952. */
public final class IpAddress {
    private static final int IPV6_OCTETS = 16;

    private IpAddress() {}

    /**
     * Reads an address.
     *
     * @param text such as {@code 192.0.2.1} or {@code 2001:db8::1}; no zone, no brackets
     * @return 4 or 16 octets; an IPv4 address inside an IPv6 one stays 16
     */
    public static Optional<byte[]> octets(String text) {
        if (AddressLiteral.isIpv4(text)) {
            return Optional.of(quad(text));
        }
        return AddressLiteral.isIpv6(text) ? Optional.of(groups(text)) : Optional.empty();
    }

    /** Reads an address; {@code ::ffff:192.0.2.1} is the IPv4 address in it. */
    public static Optional<InetAddress> parse(String text) {
        return octets(text).map(IpAddress::address);
    }

    /** The name under which the address has its PTR record. RFC 1035 §3.5, RFC 3596 §2.5. */
    public static String reverseName(InetAddress address) {
        return nibbles(address.getAddress()) + (address.getAddress().length == 4 ? ".in-addr.arpa" : ".ip6.arpa");
    }

    /** IPv4 octets or IPv6 nibbles, the last first, with dots. */
    public static String nibbles(byte[] octets) {
        StringBuilder out = new StringBuilder();
        for (int i = octets.length - 1; i >= 0; i--) {
            int octet = octets[i] & 0xff;
            out.append(out.isEmpty() ? "" : ".");
            out.append(
                    octets.length == 4
                            ? Integer.toString(octet)
                            : Integer.toHexString(octet & 15) + "." + Integer.toHexString(octet >> 4));
        }
        return out.toString();
    }

    /** The form for people. RFC 5952 §4. */
    public static String text(InetAddress address) {
        byte[] octets = address.getAddress();
        if (octets.length == 4) {
            return address.getHostAddress();
        }
        int[] groups = new int[8];
        for (int i = 0; i < 8; i++) {
            groups[i] = (octets[2 * i] & 0xff) << 8 | octets[2 * i + 1] & 0xff;
        }
        return Ipv6Text.of(groups);
    }

    /**
     * Whether it is one that is used within a network and tells nobody outside who somebody is: RFC 1918, RFC 6598, RFC
     * 4193, link-local, loopback.
     */
    public static boolean isPrivate(InetAddress address) {
        byte[] octets = address.getAddress();
        boolean shared = octets.length == 4 && (octets[0] & 0xff) == 100 && (octets[1] & 0xc0) == 64;
        boolean uniqueLocal = octets.length == IPV6_OCTETS && (octets[0] & 0xfe) == 0xfc;
        return shared
                || uniqueLocal
                || address.isSiteLocalAddress()
                || address.isLinkLocalAddress()
                || address.isLoopbackAddress()
                || address.isAnyLocalAddress();
    }

    private static InetAddress address(byte[] octets) {
        try {
            return InetAddress.getByAddress(octets);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("4 or 16 octets are always an address", e);
        }
    }

    private static byte[] quad(String text) {
        String[] parts = text.split("\\.", -1);
        byte[] octets = new byte[parts.length];
        for (int i = 0; i < parts.length; i++) {
            octets[i] = (byte) Integer.parseInt(parts[i]);
        }
        return octets;
    }

    private static byte[] groups(String text) {
        int gap = text.indexOf("::");
        byte[] head = run(gap < 0 ? text : text.substring(0, gap));
        byte[] tail = gap < 0 ? new byte[0] : run(text.substring(gap + 2));
        byte[] octets = Arrays.copyOf(head, IPV6_OCTETS);
        System.arraycopy(tail, 0, octets, IPV6_OCTETS - tail.length, tail.length);
        return octets;
    }

    private static byte[] run(String text) {
        byte[] octets = new byte[IPV6_OCTETS];
        int at = 0;
        for (String group : text.isEmpty() ? new String[0] : text.split(":", -1)) {
            if (group.indexOf('.') >= 0) {
                System.arraycopy(quad(group), 0, octets, at, 4);
                at += 4;
            } else {
                int value = Integer.parseInt(group, 16);
                octets[at++] = (byte) (value >> 8);
                octets[at++] = (byte) value;
            }
        }
        return Arrays.copyOf(octets, at);
    }
}
