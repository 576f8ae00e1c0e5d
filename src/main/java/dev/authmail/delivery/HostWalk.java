package dev.authmail.delivery;

import dev.authmail.mx.MailExchanger;
import dev.authmail.smtp.Deadline;
import dev.authmail.smtp.SmtpReply;
import dev.authmail.smtp.Transaction;
import dev.authmail.traffic.Destination;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known while the MX hosts of one domain are tried: the most telling result so far, whether another host may be
 * tried, and which providers may not be asked again. Used by one thread.
 */
final class HostWalk {
    private final Decider decider;
    private final Set<Provider> closed = new HashSet<>();
    private HopResult.@Nullable Tried best;
    private int bestRank = -1;
    private boolean stopped;
    private HopResult.@Nullable NoServer unusable;
    private HopResult.@Nullable Skipped passedBy;
    private boolean forbidden;
    private boolean outOfTime;
    private final List<Destination> passed = new ArrayList<>();

    HostWalk(Decider decider) {
        this.decider = decider;
    }

    /** Whether this host may be tried now. */
    boolean mayTry(MailExchanger host, Deadline deadline) {
        outOfTime |= deadline.hasPassed();
        return !stopped && !outOfTime && !closed.contains(Provider.of(host.host()));
    }

    /** Remembers what one server said, and what follows for the others. */
    void saw(HopResult.Tried tried) {
        Finding finding = decider.finding(Route.DIRECT, tried);
        int rank = rank(tried.transaction(), finding);
        if (rank >= bestRank) {
            best = tried;
            bestRank = rank;
        }
        // After the final dot the mail may be delivered: no other host, ever. RFC 1047.
        stopped = finding == null || isFinal(tried.transaction(), finding);
        if (finding != null && finding.aboutUs()) {
            closed.add(Provider.of(tried.server().host()));
        }
    }

    /** Remembers that a server was passed by; of several the one that can be tried soonest. */
    void saw(Destination server, HopResult.Skipped skipped) {
        passed.add(server);
        if (passedBy == null || skipped.retryAfter().compareTo(passedBy.retryAfter()) < 0) {
            passedBy = skipped;
        }
    }

    /** The servers that were passed by, when that is all that happened; else none. */
    List<Destination> onlyPassedBy() {
        return best == null && unusable == null && !outOfTime ? List.copyOf(passed) : List.of();
    }

    /** Remembers that the addresses of a host could not be asked for. */
    void sawDnsFailure(String detail) {
        unusable = new HopResult.NoServer(HopResult.Why.DNS_FAILURE, detail);
    }

    /** Remembers that a host may not be used now, since it cannot be the one that the domain means. */
    void sawUntrusted(HopResult.Why why, String detail) {
        unusable = new HopResult.NoServer(why, detail);
    }

    /** Remembers that a host has only addresses that may not be used. */
    void sawForbidden() {
        forbidden = true;
    }

    /** What the whole walk came to. */
    HopResult result() {
        // A host that could not be tried may do what the tried ones refuse for good to do.
        if (best != null && (bestRank > 0 || (unusable == null && passedBy == null && !outOfTime))) {
            return best;
        }
        if (outOfTime) {
            return new HopResult.Skipped("no time left in this attempt");
        }
        if (passedBy != null) {
            return passedBy;
        }
        if (unusable != null) {
            return unusable;
        }
        return forbidden
                ? new HopResult.NoServer(
                        HopResult.Why.FORBIDDEN_ADDRESS,
                        "the mail hosts of the domain have only addresses that are not public")
                : new HopResult.NoServer(HopResult.Why.NO_ADDRESS, "no mail host of the domain has an address");
    }

    /** 5yz stops the walk, but for one that is about that server alone, such as a greeting. */
    private static boolean isFinal(Transaction transaction, Finding finding) {
        return transaction instanceof Transaction.Refused refused
                && refused.reply().isPermanent()
                && finding.scope() != Scope.HOST;
    }

    /** Which result tells most: the last answer, before silence, before what no server but that one refuses. */
    private static int rank(Transaction transaction, @Nullable Finding finding) {
        return switch (transaction) {
            case Transaction.Accepted accepted -> 5;
            case Transaction.Unconfirmed unconfirmed -> 5;
            case Transaction.Refused refused -> rank(refused.reply(), finding);
            case Transaction.Failed failed -> FailureClassifier.isPermanent(failed.failure()) ? 0 : 1;
        };
    }

    private static int rank(SmtpReply reply, @Nullable Finding finding) {
        if (finding == null || finding.scope() == Scope.HOST) {
            return 2;
        }
        return reply.isPermanent() || finding.aboutUs() ? 4 : 3;
    }
}
