package dev.authmail.delivery;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Finds the addresses of a relay: a host of ours, so search domains and the hosts file have their say. */
@FunctionalInterface
public interface AddressLookup {
    /**
     * The addresses, in the order in which they are tried.
     *
     * @throws UnknownHostException when there is none, or none can be found now
     */
    List<InetAddress> addresses(String host) throws UnknownHostException;

    /** The operating system's way, through the JVM and its cache. */
    static AddressLookup ofSystem() {
        return host -> List.of(InetAddress.getAllByName(host));
    }
}
