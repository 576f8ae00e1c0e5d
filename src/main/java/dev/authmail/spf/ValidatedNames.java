package dev.authmail.spf;

import dev.authmail.address.IpAddress;
import dev.authmail.spf.Lookups.Found;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The names of the client by reverse look-up that lead back to it. RFC 7208 §5.5. Not thread-safe: an evaluation has its
 * own, and asks once.
 */
final class ValidatedNames {
    private static final int MAX_NAMES = 10;

    private final Lookups lookups;
    private final InetAddress client;
    private @Nullable Found<String> validated;

    ValidatedNames(Lookups lookups, InetAddress client) {
        this.lookups = lookups;
        this.client = client;
    }

    /** All of them; a name whose addresses the DNS does not tell is left out, and only a limit stops. */
    Found<String> all() {
        if (validated == null) {
            validated = look();
        }
        return validated;
    }

    /** The name that {@code %{p}} stands for: the domain itself, one below it, any other, or {@code unknown}. §7.3. */
    String best(String domain) {
        if (!lookups.admitTerm() || !(all() instanceof Found.Records<String>(List<String> names))) {
            return "unknown";
        }
        return names.stream()
                .filter(name -> name.equalsIgnoreCase(domain))
                .findFirst()
                .or(() -> names.stream()
                        .filter(name -> Names.isWithin(name, domain))
                        .findFirst())
                .or(() -> names.stream().findFirst())
                .orElse("unknown");
    }

    private Found<String> look() {
        String reverse = IpAddress.reverseName(client);
        return switch (lookups.ask(reverse, () -> lookups.dns().ptr(reverse))) {
            case Found.Stop<String> stop when stop.result() == SpfResult.TEMPERROR -> new Found.Records<>(List.of());
            case Found.Stop<String> stop -> stop;
            case Found.Records<String>(List<String> names) -> leadingBack(names);
        };
    }

    private Found<String> leadingBack(List<String> names) {
        List<String> good = new ArrayList<>();
        for (String name : names.subList(0, Math.min(MAX_NAMES, names.size()))) {
            switch (lookups.addresses(name, client)) {
                case Found.Records<InetAddress>(List<InetAddress> addresses) -> {
                    if (addresses.contains(client)) {
                        good.add(name);
                    }
                }
                case Found.Stop<InetAddress> stop when stop.result() == SpfResult.TEMPERROR -> {}
                case Found.Stop<InetAddress> stop -> {
                    return new Found.Stop<>(stop.result(), stop.reason());
                }
            }
        }
        return new Found.Records<>(good);
    }
}
