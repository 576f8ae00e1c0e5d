package dev.authmail.command;

import dev.authmail.dns.Dns;
import java.net.InetSocketAddress;
import java.util.Optional;

/** Opens the DNS that a command asks. */
@FunctionalInterface
public interface DnsSource {
    /** @param server the one server to ask; the system's when empty */
    Dns at(Optional<InetSocketAddress> server);
}
