package dev.authmail.doctor;

import dev.authmail.psl.PublicSuffixes;
import dev.authmail.roundtrip.ReceivedField;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The servers that a mail of ours passed, and the addresses that they saw.
 *
 * @param hops the first one first
 * @param ehlo what we say in EHLO
 */
record Passage(List<ReceivedField> hops, Optional<String> ehlo) {
    /** What the relay wrote: our mails leave without a Received field. Some relays write none (Amazon SES). */
    private Optional<ReceivedField> ours() {
        return hops.stream()
                .findFirst()
                .filter(first -> ehlo.filter(
                                name -> first.from().toLowerCase(Locale.ROOT).contains(name.toLowerCase(Locale.ROOT)))
                        .isPresent());
    }

    /** The address that the relay saw us come from, unless it is one within a network. */
    Optional<InetAddress> seenByRelay() {
        return ours().filter(ReceivedField::hasPublicClient).flatMap(ReceivedField::client);
    }

    /** The address that the first server of somebody else saw the relay come from: SPF is judged for that one. */
    Optional<InetAddress> relayLeavesFrom() {
        Optional<String> relay = ours().map(hop -> organization(hop.by()));
        return hops.stream()
                .skip(relay.isPresent() ? 1 : 0)
                .filter(ReceivedField::hasPublicClient)
                .filter(hop -> relay.filter(organization(hop.by())::equals).isEmpty())
                .findFirst()
                .flatMap(ReceivedField::client);
    }

    private static String organization(String host) {
        return PublicSuffixes.registrable(host).orElse(host);
    }
}
