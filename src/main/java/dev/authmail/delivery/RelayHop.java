package dev.authmail.delivery;

import dev.authmail.address.Domain;
import dev.authmail.mail.SignedMessage;
import dev.authmail.smtp.Deadline;
import dev.authmail.smtp.Envelope;
import dev.authmail.smtp.SmtpServer;
import dev.authmail.smtp.SmtpTransport;
import dev.authmail.smtp.Transaction;
import dev.authmail.traffic.Destination;
import dev.authmail.traffic.Gate;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A relay of ours. All its addresses are tried until one takes the connection; what that one says is the result. */
public final class RelayHop implements Hop {
    private final RelaySettings settings;
    private final AddressLookup lookup;
    private final GuardedTransport transport;
    private final PassedBy<String> passedBy;

    /**
     * @param settings which relay
     * @param lookup finds its addresses
     * @param transport talks to it
     * @param gate says which of its addresses may be asked now
     */
    public RelayHop(RelaySettings settings, AddressLookup lookup, SmtpTransport transport, Gate gate) {
        this.settings = settings;
        this.lookup = lookup;
        this.transport = new GuardedTransport(transport, gate, tried -> null);
        this.passedBy = new PassedBy<>(gate);
    }

    @Override
    public String name() {
        return settings.name();
    }

    @Override
    public Route route() {
        return Route.RELAY;
    }

    @Override
    public Optional<HopResult.Skipped> obstacle(Domain domain) {
        return settings.host().isEmpty() ? Optional.of(notConfigured()) : passedBy.obstacle(settings.host());
    }

    private static HopResult.Skipped notConfigured() {
        return new HopResult.Skipped("not configured");
    }

    @Override
    public HopResult offer(SignedMessage message, Envelope envelope, Deadline deadline) {
        if (settings.host().isEmpty()) {
            return notConfigured();
        }
        try {
            return offer(lookup.addresses(settings.host()), message, envelope, deadline);
        } catch (UnknownHostException e) {
            // Its message may hold more than the name; why it failed the JVM does not say.
            return noAddress();
        }
    }

    private HopResult offer(List<InetAddress> addresses, SignedMessage message, Envelope envelope, Deadline deadline) {
        HopResult last = noAddress();
        List<Destination> passed = new ArrayList<>();
        for (InetAddress address : addresses) {
            if (deadline.hasPassed()) {
                return last instanceof HopResult.Tried ? last : new HopResult.Skipped("no time left in this attempt");
            }
            Destination to = new Destination(settings.name(), server(address), deadline.remaining());
            HopResult result = transport.offer(to, envelope, message, deadline);
            // One that was asked in vain tells more than one that was passed by.
            last = last instanceof HopResult.Tried && result instanceof HopResult.Skipped ? last : result;
            if (result instanceof HopResult.Tried tried && reached(tried.transaction())) {
                passedBy.remember(settings.host(), List.of());
                return result;
            }
            if (result instanceof HopResult.Skipped) {
                passed.add(to);
            }
        }
        passedBy.remember(settings.host(), passed.size() == addresses.size() ? passed : List.of());
        return last;
    }

    private SmtpServer server(InetAddress address) {
        return new SmtpServer(
                settings.host(),
                address,
                settings.port(),
                settings.tls(),
                null,
                settings.credentials(),
                settings.chunking());
    }

    private static boolean reached(Transaction transaction) {
        return switch (transaction) {
            case Transaction.Failed failed ->
                switch (failed.phase()) {
                    case CONNECT, GREETING -> false;
                    case EHLO, STARTTLS, TLS, AUTH, MAIL, RCPT, DATA, DOT -> true;
                };
            case Transaction.Accepted accepted -> true;
            case Transaction.Refused refused -> true;
            case Transaction.Unconfirmed unconfirmed -> true;
        };
    }

    private HopResult noAddress() {
        return new HopResult.NoServer(
                HopResult.Why.NO_ADDRESS, "relay host " + settings.host() + " has no address that can be found");
    }
}
