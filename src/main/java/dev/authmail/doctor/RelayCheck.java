package dev.authmail.doctor;

import dev.authmail.smtp.Deadline;
import dev.authmail.smtp.SmtpProbe;
import dev.authmail.smtp.SmtpProbe.Probed;
import dev.authmail.smtp.SmtpServer;
import dev.authmail.smtp.Transaction;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A relay answers, gives TLS with a good certificate, and accepts the credentials. */
public final class RelayCheck implements Check {
    private static final String NAME = "relay";
    private static final Duration LIMIT = Duration.ofSeconds(15);
    private static final Duration SOON = Duration.ofDays(14);
    private static final long SMALL = 200_000;

    private final Relay relay;
    private final SmtpProbe probe;
    private final Clock clock;

    /**
     * A relay as it is configured.
     *
     * @param name its name in settings
     * @param host its host name
     * @param server what is dialled, for an address of the host
     */
    public record Relay(String name, String host, Dial server) {}

    /** Makes the server to talk to. */
    @FunctionalInterface
    public interface Dial {
        /** @param address an address of the relay's host */
        SmtpServer at(InetAddress address);
    }

    /**
     * @param probe talks to it
     * @param clock says how long the certificate still lasts
     */
    public RelayCheck(Relay relay, SmtpProbe probe, Clock clock) {
        this.relay = relay;
        this.probe = probe;
        this.clock = clock;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String subject() {
        return relay.name() + " (" + relay.host() + ")";
    }

    @Override
    public List<Finding> run() {
        InetAddress address;
        try {
            address = InetAddress.getByName(relay.host());
        } catch (UnknownHostException e) {
            return List.of(
                    failure("the host has no address", "a host name in authmail.relays." + relay.name() + ".host"));
        }
        return switch (probe.probe(relay.server().at(address), Deadline.in(LIMIT))) {
            case Probed.Ended ended -> List.of(ended(ended.outcome()));
            case Probed.Ready ready -> ready(ready);
        };
    }

    private Finding failure(String found, String expected) {
        return new Finding(
                NAME,
                Status.FAILURE,
                subject(),
                found,
                expected,
                "your own relay: without it mail takes the direct route",
                List.of());
    }

    private Finding warning(String found, String expected) {
        return new Finding(NAME, Status.WARNING, subject(), found, expected, "your own relay", List.of());
    }

    private Finding ended(Transaction outcome) {
        return switch (outcome) {
            case Transaction.Refused refused ->
                failure(
                        "it answered " + refused.reply().code() + " in the phase " + refused.phase(),
                        "a relay that takes mail with these credentials");
            case Transaction.Failed failed -> failure(failed.detail(), expected(failed.failure()));
            case Transaction.Accepted accepted -> Finding.fine(NAME, subject(), "takes mail");
            case Transaction.Unconfirmed unconfirmed -> failure(unconfirmed.detail(), "an answer");
        };
    }

    private static String expected(Transaction.Failure failure) {
        return switch (failure) {
            case NO_CONNECTION -> "a port that is open from here; look at firewalls and network policies";
            case TLS_NOT_OFFERED -> "STARTTLS";
            case TLS_HANDSHAKE -> "TLS 1.2 or 1.3";
            case TLS_CERTIFICATE ->
                "a certificate for the relay's host name of an authority that is trusted"
                        + " (authmail.smtp.ca-bundle adds one)";
            case AUTH_NOT_OFFERED -> "AUTH PLAIN or LOGIN, offered to this client";
            case CONGESTED, WITHDRAWN, CONNECTION_LOST, TIMEOUT, PROTOCOL, SMTPUTF8_NOT_OFFERED, TOO_LARGE ->
                "an SMTP server that answers";
        };
    }

    private List<Finding> ready(Probed.Ready ready) {
        List<Finding> findings = new ArrayList<>();
        findings.add(
                ready.tls() == null
                        ? warning("it takes mail without TLS", "STARTTLS with a good certificate")
                        : Finding.fine(
                                NAME,
                                subject(),
                                "takes mail, " + ready.tls().protocol()
                                        + (ready.tls().verified()
                                                ? " with a good certificate"
                                                : ", certificate not checked")));
        certificate(ready.certificateEnds()).ifPresent(findings::add);
        size(ready.maxSize()).ifPresent(findings::add);
        return findings;
    }

    private Optional<Finding> certificate(Optional<Instant> ends) {
        return ends.map(end -> {
            long days = Duration.between(clock.instant(), end).toDays();
            return days >= SOON.toDays()
                    ? Finding.fine(NAME, subject(), "the certificate is good for " + days + " days")
                    : warning("the certificate ends in " + days + " days", "a certificate that is renewed by itself");
        });
    }

    private Optional<Finding> size(OptionalLong maxSize) {
        return maxSize.isPresent() && maxSize.getAsLong() < SMALL
                ? Optional.of(warning(
                        "it takes mails of " + maxSize.getAsLong() + " octets at most",
                        "a limit of a megabyte or more"))
                : Optional.empty();
    }
}
