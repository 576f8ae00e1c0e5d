package dev.authmail.mx;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.function.Predicate;

/**
 * Hosts that strangers may name to us: all their addresses, as the system finds them, are public. The JVM remembers the
 * addresses for a while, so that those which are dialled next are those which were looked at.
 */
public final class PublicHosts implements Predicate<String> {
    @Override
    public boolean test(String host) {
        try {
            return Arrays.stream(InetAddress.getAllByName(host)).noneMatch(ForbiddenAddresses::contain);
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
