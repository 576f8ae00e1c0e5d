package dev.authmail.command;

import dev.authmail.address.Domain;
import dev.authmail.address.ParsedDomain;
import dev.authmail.hold.HoldScope;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say what is held; none of them means everything. */
final class HeldScope {
    @Option(
            names = "--route",
            paramLabel = "R",
            description = "One hop: direct, a relay by its name, or relays for all of them.")
    private @Nullable String route;

    @Option(names = "--domain", paramLabel = "D", description = "Mails to this domain, not to those below it.")
    private @Nullable String domain;

    @Option(names = "--purpose", paramLabel = "P", description = "Mails of this purpose, such as verify-email.")
    private @Nullable String purpose;

    static HoldScope of(@Nullable HeldScope options) {
        if (options == null) {
            return HoldScope.EVERYTHING;
        }
        try {
            return options.scope();
        } catch (IllegalArgumentException wrong) {
            throw CommandFailure.usage(String.valueOf(wrong.getMessage()));
        }
    }

    private HoldScope scope() {
        if (route != null) {
            return HoldScope.route(route);
        }
        if (domain != null) {
            return HoldScope.domain(parsed(domain));
        }
        return purpose == null ? HoldScope.EVERYTHING : HoldScope.purpose(purpose);
    }

    private static Domain parsed(String text) {
        return switch (Domain.parse(text)) {
            case ParsedDomain.Valid valid -> valid.domain();
            case ParsedDomain.Invalid invalid ->
                throw CommandFailure.usage("\"" + text + "\" is not a domain: " + invalid.rule());
        };
    }
}
