package dev.authmail.doctor;

import dev.authmail.delivery.Hop;
import dev.authmail.dns.Dns;
import dev.authmail.roundtrip.ReceivedField;
import dev.authmail.roundtrip.RoundTrip;
import dev.authmail.roundtrip.RoundTripResult;
import dev.authmail.roundtrip.RoundTripResult.CameBack;
import dev.authmail.spf.SpfEvaluator;
import dev.authmail.spf.SpfSettings;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A mail that goes through the relay arrives as it was sent: its DKIM signatures hold and its envelope sender is ours. What
 * the relay wrote into Received tells the address that it saw us leave from.
 */
public final class RoundTripCheck implements Check, OutsideAddress {
    private static final String NAME = "round-trip";
    private static final String WHO =
            "Google, Yahoo, Microsoft and Apple want a DKIM signature that holds; without it DMARC hangs on SPF alone";
    private static final String LEFT_ALONE =
            "a relay that leaves mails as they are: switch off footers, tracking of links and rewriting for this account";

    private final Hop relay;
    private final RoundTrip trip;
    private final Setup setup;
    private final Dns dns;
    private final Clock clock;
    private @Nullable CompletableFuture<RoundTripResult> result;

    /**
     * @param relay that the mail goes through
     * @param setup with the addresses that mail is thought to leave from
     * @param dns has the records of the envelope sender's domain
     * @param clock bounds evaluations
     */
    public RoundTripCheck(Hop relay, RoundTrip trip, Setup setup, Dns dns, Clock clock) {
        this.relay = relay;
        this.trip = trip;
        this.setup = setup;
        this.dns = dns;
        this.clock = clock;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String subject() {
        return relay.name();
    }

    /** One mail is sent, whoever asks first. */
    private synchronized CompletableFuture<RoundTripResult> result() {
        if (result == null) {
            result = CompletableFuture.supplyAsync(() -> trip.through(relay), Thread::startVirtualThread);
        }
        return result;
    }

    @Override
    public Optional<InetAddress> seen(Duration limit) {
        try {
            return result().get(limit.toNanos(), TimeUnit.NANOSECONDS) instanceof CameBack back
                    ? passage(back).seenByRelay()
                    : Optional.empty();
        } catch (TimeoutException | ExecutionException e) {
            return Optional.empty();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private Passage passage(CameBack back) {
        return new Passage(back.hops(), setup.ehloName());
    }

    @Override
    public List<Finding> run() {
        return switch (result().join()) {
            case RoundTripResult.NotTaken not -> List.of(unknown("the relay did not take the mail: " + not.detail()));
            case RoundTripResult.NoMailbox no ->
                List.of(unknown("the mailbox of authmail.doctor.round-trip cannot be read: " + no.detail()));
            case RoundTripResult.NotThere not ->
                List.of(unknown("the relay took the mail, but it did not come within "
                        + not.waited().toSeconds()
                        + " s; look into the relay's queue, the folder for spam, and whether somebody else reads that"
                        + " mailbox"));
            case CameBack back -> judged(back);
        };
    }

    private Finding unknown(String why) {
        return Finding.unknown(NAME, subject(), why);
    }

    private List<Finding> judged(CameBack back) {
        List<Finding> findings = new ArrayList<>();
        findings.add(signatures(back));
        back.returnPath()
                .filter(domain -> !domain.equals(setup.envelope().ascii()))
                .ifPresent(domain -> findings.add(finding(
                        Status.WARNING,
                        "the envelope sender arrives with the domain " + domain + " instead of " + setup.envelope()
                                + ": bounces go there",
                        "a relay that keeps the envelope sender, or that hands its bounces on",
                        "your application: it is not told of bounces; and SPF is aligned no longer")));
        passage(back)
                .seenByRelay()
                .map(address -> new KnownAddresses(setup.addresses())
                        .judge(address, "the relay " + relay.name(), Status.WARNING))
                .ifPresent(findings::add);
        passage(back)
                .relayLeavesFrom()
                .filter(address -> !setup.addresses().contains(address))
                .map(this::spf)
                .ifPresent(findings::addAll);
        return findings;
    }

    /** Whether the envelope sender's domain lets the relay send. */
    private List<Finding> spf(InetAddress address) {
        SpfEvaluator evaluator = new SpfEvaluator(dns, SpfSettings.defaults(), clock);
        return new SpfCheck(dns, evaluator, setup.envelope(), List.of(address), true).run();
    }

    private Finding finding(Status status, String found, String expected, String who) {
        return new Finding(NAME, status, subject(), found, expected, who, List.of());
    }

    private Finding signatures(CameBack back) {
        if (back.broken().isEmpty()) {
            String found = back.signatures() + " of " + back.signatures() + " DKIM signatures hold after "
                    + back.took().toSeconds() + " s" + way(back.hops());
            return back.changes().isEmpty()
                    ? Finding.fine(NAME, subject(), found)
                    : finding(
                            Status.ADVICE,
                            found + "; changed beside what is signed: " + list(back.changes()),
                            LEFT_ALONE,
                            "");
        }
        boolean none = back.broken().size() >= back.signatures();
        return finding(
                none ? Status.FAILURE : Status.WARNING,
                (none ? "no DKIM signature holds" : "a DKIM signature no longer holds") + " behind the relay ("
                        + list(back.broken()) + ")"
                        + (back.changes().isEmpty() ? "" : ": " + list(back.changes())) + way(back.hops()),
                LEFT_ALONE,
                WHO);
    }

    private static String list(List<String> words) {
        return String.join(", ", words);
    }

    /** The servers that it passed, and whether TLS was used to reach each; names are strangers' words. */
    private static String way(List<ReceivedField> hops) {
        return hops.isEmpty()
                ? ""
                : "; it went by " + hops.stream().map(RoundTripCheck::hop).collect(Collectors.joining(", "));
    }

    private static String hop(ReceivedField hop) {
        String name = hop.by().isEmpty() ? "a server without a name" : hop.by().replaceAll("[^\\x20-\\x7e]", "?");
        String shown = name.length() <= 100 ? name : name.substring(0, 100);
        return shown + (hop.tls() ? " (TLS)" : hop.protocol().isEmpty() ? "" : " (" + hop.protocol() + ", no TLS)");
    }
}
