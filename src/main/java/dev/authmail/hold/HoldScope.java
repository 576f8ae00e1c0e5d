package dev.authmail.hold;

import dev.authmail.address.Domain;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a hold is about.
 *
 * @param kind everything, or what the name names
 * @param name of the hop ({@code direct}, a relay, {@code relays} for all of them), the domain as A-labels, or the
 *     purpose; empty for everything
 */
public record HoldScope(Kind kind, String name) {
    /** All mails. */
    public static final HoldScope EVERYTHING = new HoldScope(Kind.EVERYTHING, "");

    /** The route that stands for every relay. */
    public static final String ALL_RELAYS = "relays";

    /** The route to the recipient's MX hosts. */
    public static final String DIRECT = "direct";

    private static final Pattern ROUTE = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final Pattern DOMAIN = Pattern.compile("[a-z0-9._-]{1,253}");
    private static final Pattern PURPOSE = Pattern.compile("[a-z0-9-]{1,32}");

    /** The kinds of scopes; their words stand in records. */
    public enum Kind {
        /** All mails: nothing is taken in. */
        EVERYTHING,
        /** One hop, or all relays: others are used. */
        ROUTE,
        /** Mails to one domain. */
        DOMAIN,
        /** Mails of one purpose. */
        PURPOSE;

        /** The word in records. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Optional<Kind> fromCode(String code) {
            for (Kind kind : values()) {
                if (kind.code().equals(code)) {
                    return Optional.of(kind);
                }
            }
            return Optional.empty();
        }
    }

    /** @throws IllegalArgumentException saying what the name must be */
    public HoldScope {
        boolean fits = switch (kind) {
            case EVERYTHING -> name.isEmpty();
            case ROUTE -> ROUTE.matcher(name).matches();
            case DOMAIN -> DOMAIN.matcher(name).matches();
            case PURPOSE -> PURPOSE.matcher(name).matches();
        };
        if (!fits) {
            throw new IllegalArgumentException("\"" + name + "\" is no " + kind.code() + " that can be held");
        }
    }

    /** One hop by its name, or all relays. */
    public static HoldScope route(String name) {
        return new HoldScope(Kind.ROUTE, name);
    }

    /** Mails to a domain, not to those below it. */
    public static HoldScope domain(Domain domain) {
        return new HoldScope(Kind.DOMAIN, domain.ascii());
    }

    /** Mails of a purpose. */
    public static HoldScope purpose(String name) {
        return new HoldScope(Kind.PURPOSE, name);
    }

    /** For people: {@code everything}, {@code domain example.com}. */
    @Override
    public String toString() {
        return kind == Kind.EVERYTHING ? kind.code() : kind.code() + " " + name;
    }
}
