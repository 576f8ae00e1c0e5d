package dev.authmail.spf;

import dev.authmail.address.Domain;
import dev.authmail.address.ParsedDomain;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** Domain names as an evaluation meets them. RFC 7208 §4.3, §7.3. */
final class Names {
    private static final int MAX_NAME = 253;
    private static final int MAX_LABEL = 63;

    private Names() {}

    /**
     * The domain to begin with, as A-labels in lower case; empty when it is malformed or has one label, so that the result
     * is none. §4.3.
     */
    static Optional<String> start(String domain) {
        String labels =
                isAscii(domain) ? withoutFinalDot(domain) : aLabels(domain).orElse("");
        return labels.indexOf('.') > 0 && canBeAsked(labels)
                ? Optional.of(labels.toLowerCase(Locale.ROOT))
                : Optional.empty();
    }

    private static Optional<String> aLabels(String domain) {
        return switch (Domain.parse(domain)) {
            case ParsedDomain.Valid valid -> Optional.of(valid.domain().ascii());
            case ParsedDomain.Invalid invalid -> Optional.empty();
        };
    }

    /** Whether this can be a name in the DNS: ASCII, labels of 1 to 63 octets, 253 in all. */
    static boolean canBeAsked(String name) {
        if (name.isEmpty() || name.length() > MAX_NAME || !isAscii(name)) {
            return false;
        }
        for (String label : withoutFinalDot(name).split("\\.", -1)) {
            if (label.isEmpty() || label.length() > MAX_LABEL) {
                return false;
            }
        }
        return true;
    }

    static boolean isAscii(String text) {
        return StandardCharsets.US_ASCII.newEncoder().canEncode(text);
    }

    /** What macros made, cut from the left to what a name can hold. §7.3. */
    static String shortened(String expanded) {
        String name = withoutFinalDot(expanded);
        while (name.length() > MAX_NAME && name.indexOf('.') >= 0) {
            name = name.substring(name.indexOf('.') + 1);
        }
        return name;
    }

    static String withoutFinalDot(String name) {
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }

    /** Whether a name is the domain or lies below it. §5.5. */
    static boolean isWithin(String name, String domain) {
        String n = name.toLowerCase(Locale.ROOT);
        String d = withoutFinalDot(domain).toLowerCase(Locale.ROOT);
        return n.equals(d) || n.endsWith("." + d);
    }
}
