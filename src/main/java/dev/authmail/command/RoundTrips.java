package dev.authmail.command;

import dev.authmail.delivery.Hop;
import dev.authmail.dns.Dns;
import dev.authmail.doctor.RoundTripCheck;
import dev.authmail.doctor.Setup;
import dev.authmail.roundtrip.RoundTrip;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * Mails that the doctor sends through the relays to a mailbox of ours.
 *
 * @param relays one mail goes through each
 * @param trip sends one and waits for it
 * @param limit the longest that one takes
 * @param opened closed afterwards
 */
public record RoundTrips(List<Hop> relays, RoundTrip trip, Duration limit, Runnable opened) implements AutoCloseable {
    public RoundTrips {
        relays = List.copyOf(relays);
    }

    /** @param setup with the addresses that mail is thought to leave from */
    List<RoundTripCheck> checks(Setup setup, Dns dns, Clock clock) {
        return relays.stream()
                .map(relay -> new RoundTripCheck(relay, trip, setup, dns, clock))
                .toList();
    }

    @Override
    public void close() {
        opened.run();
    }
}
