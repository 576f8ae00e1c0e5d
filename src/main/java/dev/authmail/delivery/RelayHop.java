package dev.authmail.delivery;

import dev.authmail.mail.SignedMessage;
import dev.authmail.smtp.Deadline;
import dev.authmail.smtp.Envelope;
import dev.authmail.smtp.SmtpServer;
import dev.authmail.smtp.SmtpTransport;
import dev.authmail.smtp.Transaction;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** A relay of ours. All its addresses are tried until one takes the connection; what that one says is the result. */
public final class RelayHop implements Hop {
    private final RelaySettings settings;
    private final AddressLookup lookup;
    private final SmtpTransport transport;

    public RelayHop(RelaySettings settings, AddressLookup lookup, SmtpTransport transport) {
        this.settings = settings;
        this.lookup = lookup;
        this.transport = transport;
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
    public HopResult offer(SignedMessage message, Envelope envelope, Deadline deadline) {
        if (settings.host().isEmpty()) {
            return new HopResult.Skipped("not configured");
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
        for (InetAddress address : addresses) {
            if (deadline.hasPassed()) {
                return last instanceof HopResult.Tried ? last : new HopResult.Skipped("no time left in this attempt");
            }
            SmtpServer server =
                    new SmtpServer(settings.host(), address, settings.port(), settings.tls(), settings.credentials());
            Transaction transaction = transport.offer(server, envelope, message, deadline);
            last = new HopResult.Tried(server, transaction);
            if (reached(transaction)) {
                return last;
            }
        }
        return last;
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
