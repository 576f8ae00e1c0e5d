package dev.authmail.address;

import java.util.Locale;
import java.util.regex.Pattern;

/** An address in brackets in the place of a domain. RFC 5321 §4.1.3. */
final class AddressLiteral {
    private static final Pattern OCTET = Pattern.compile("25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d");
    private static final Pattern GROUP = Pattern.compile("[0-9A-Fa-f]{1,4}");
    private static final String IPV6_TAG = "IPv6:";
    private static final int IPV6_GROUPS = 8;

    private AddressLiteral() {}

    /** @param text what follows the @, beginning with a bracket */
    static ParsedDomain parse(String text) {
        if (!text.endsWith("]") || text.length() > 64) {
            return new ParsedDomain.Invalid("has an address literal whose bracket is not closed");
        }
        var inner = text.substring(1, text.length() - 1);
        if (inner.regionMatches(true, 0, IPV6_TAG, 0, IPV6_TAG.length())) {
            var address = inner.substring(IPV6_TAG.length());
            return isIpv6(address)
                    ? literal(IPV6_TAG + address.toLowerCase(Locale.ROOT))
                    : new ParsedDomain.Invalid("has an address literal that is no IPv6 address");
        }
        // General-address-literal needs a tag registered with IANA; none but IPv6 is.
        return isIpv4(inner)
                ? literal(inner)
                : new ParsedDomain.Invalid("has an address literal that is no IP address");
    }

    private static ParsedDomain literal(String inner) {
        return new ParsedDomain.Valid(new Domain("[" + inner + "]"));
    }

    static boolean isIpv4(String text) {
        var octets = text.split("\\.", -1);
        if (octets.length != 4) {
            return false;
        }
        for (var octet : octets) {
            if (!OCTET.matcher(octet).matches()) {
                return false;
            }
        }
        return true;
    }

    static boolean isIpv6(String text) {
        int gap = text.indexOf("::");
        if (gap < 0) {
            return groups(text, true) == IPV6_GROUPS;
        }
        int before = gap == 0 ? 0 : groups(text.substring(0, gap), false);
        var tail = text.substring(gap + 2);
        int after = tail.isEmpty() ? 0 : groups(tail, true);
        // RFC 5321 wants "::" to stand for two groups; RFC 4291 §2.2, the authority on IPv6, for one: deviates.
        return before >= 0 && after >= 0 && before + after < IPV6_GROUPS;
    }

    /** How many 16-bit groups the text spells, a dotted IPv4 tail counting for two; −1 if it spells none. */
    private static int groups(String text, boolean mayEndInIpv4) {
        var parts = text.split(":", -1);
        int count = 0;
        for (int i = 0; i < parts.length; i++) {
            boolean last = i == parts.length - 1;
            if (GROUP.matcher(parts[i]).matches()) {
                count++;
            } else if (last && mayEndInIpv4 && isIpv4(parts[i])) {
                count += 2;
            } else {
                return -1;
            }
        }
        return count;
    }
}
