package dev.authmail.spf;

import java.util.Arrays;

/**
 * Addresses that begin alike.
 *
 * @param octets 4 or 16
 * @param bits how many of them count
 */
record Network(byte[] octets, int bits) {
    /** Whether the address is of the same family and begins as this does. RFC 7208 §5.6. */
    boolean contains(byte[] address) {
        int whole = bits / 8;
        int mask = 0xff << (8 - bits % 8) & 0xff;
        return address.length == octets.length
                && Arrays.equals(address, 0, whole, octets, 0, whole)
                && (bits % 8 == 0 || (address[whole] & mask) == (octets[whole] & mask));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Network network && network.bits == bits && Arrays.equals(network.octets, octets);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(octets) + bits;
    }

    @Override
    public String toString() {
        return octets.length + " octets/" + bits;
    }
}
