package dev.authmail.doctor;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;

/** Somebody outside who tells the address that mail leaves from; behind NAT it is none that this host knows. */
public interface OutsideAddress {
    /**
     * The address, when it is told.
     *
     * @param limit how long to wait for that
     */
    Optional<InetAddress> seen(Duration limit);
}
