package dev.authmail.mx;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Limits and rules for finding MX hosts.
 *
 * @param maxHosts how many hosts of a domain are tried at most, 1 or more
 * @param maxAddresses how many addresses of one host are tried at most, 1 or more
 * @param allowPrivateAddresses whether private, loopback and link-local addresses may be used
 * @param ownHosts the names of this system; mail for them would come back to it. RFC 5321 §5.1
 * @param ipPreference which kind of address is tried first
 */
public record MxSettings(
        int maxHosts,
        int maxAddresses,
        boolean allowPrivateAddresses,
        Set<String> ownHosts,
        IpPreference ipPreference) {
    public MxSettings {
        if (maxHosts < 1 || maxAddresses < 1) {
            throw new IllegalArgumentException(
                    "MX limits are " + maxHosts + " hosts and " + maxAddresses + " addresses; each must be 1 or more");
        }
        ownHosts = ownHosts.stream().map(MxSettings::canonical).collect(Collectors.toUnmodifiableSet());
    }

    /** Five hosts, four addresses each, public ones only, IPv4 first. */
    public static MxSettings defaults() {
        return new MxSettings(5, 4, false, Set.of(), IpPreference.IPV4_FIRST);
    }

    private static String canonical(String host) {
        String lower = host.strip().toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }
}
