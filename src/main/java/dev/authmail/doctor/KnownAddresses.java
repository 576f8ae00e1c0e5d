package dev.authmail.doctor;

import dev.authmail.address.IpAddress;
import java.net.InetAddress;
import java.util.List;

/**
 * Addresses that mail is thought to leave from: those that SPF and PTR are judged for.
 *
 * @param addresses as they are configured; none when nobody said
 */
record KnownAddresses(List<InetAddress> addresses) {
    private static final String NAME = "address";

    KnownAddresses {
        addresses = List.copyOf(addresses);
    }

    /**
     * An address that somebody saw, held against them.
     *
     * @param who saw it, such as {@code the outside}
     * @param unknown how bad it is when addresses are configured and this one is not among them
     */
    Finding judge(InetAddress seen, String who, Status unknown) {
        String text = IpAddress.text(seen);
        if (addresses.contains(seen)) {
            return Finding.fine(NAME, text, who + " sees an address that is known");
        }
        return new Finding(
                NAME,
                addresses.isEmpty() ? Status.ADVICE : unknown,
                text,
                who + " sees this address, which is "
                        + (addresses.isEmpty()
                                ? "taken, since none is configured"
                                : "none of authmail.doctor.addresses"),
                "authmail.doctor.addresses: all addresses that mail can leave from, this one among them",
                "SPF and PTR are judged for the address that providers see",
                List.of());
    }
}
