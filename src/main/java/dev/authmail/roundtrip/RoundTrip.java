package dev.authmail.roundtrip;

import dev.authmail.delivery.Hop;
import dev.authmail.delivery.HopResult;
import dev.authmail.dkim.DkimResult;
import dev.authmail.dkim.DkimVerifier;
import dev.authmail.dkim.SignatureResult;
import dev.authmail.mail.MailMessage;
import dev.authmail.mail.SignedMessage;
import dev.authmail.smtp.Deadline;
import dev.authmail.smtp.Transaction;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Sends a mail through a relay to a mailbox of ours, and holds what arrives against what was sent. */
public final class RoundTrip {
    private static final int MAX_HOPS = 50;

    private final Supplier<MarkedMail> mails;
    private final ReturnMailbox mailbox;
    private final DkimVerifier verifier;
    private final Duration attempt;
    private final Duration wait;

    /**
     * @param mails makes a mail with a mark of its own each time
     * @param mailbox where it comes back
     * @param verifier knows the keys that sign, so that no record in the DNS matters
     * @param attempt how long handing it over may take
     * @param wait how long it may then be on its way
     */
    public RoundTrip(
            Supplier<MarkedMail> mails, ReturnMailbox mailbox, DkimVerifier verifier, Duration attempt, Duration wait) {
        this.mails = mails;
        this.mailbox = mailbox;
        this.verifier = verifier;
        this.attempt = attempt;
        this.wait = wait;
    }

    /** Sends one. Blocks until it has come or the time is over. */
    public RoundTripResult through(Hop relay) {
        MarkedMail mail = mails.get();
        Optional<String> refusal = refusal(relay.offer(mail.message(), mail.envelope(), Deadline.in(attempt)));
        if (refusal.isPresent()) {
            return new RoundTripResult.NotTaken(refusal.get());
        }
        long start = System.nanoTime();
        try {
            Optional<byte[]> arrived = mailbox.await(mail.mark(), wait);
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            return arrived.isPresent()
                    ? compare(octets(mail.message()), arrived.get(), took)
                    : new RoundTripResult.NotThere(wait);
        } catch (IOException e) {
            return new RoundTripResult.NoMailbox(String.valueOf(e.getMessage()));
        }
    }

    private static Optional<String> refusal(HopResult result) {
        return switch (result) {
            case HopResult.Skipped skipped -> Optional.of(skipped.why());
            case HopResult.NoServer none -> Optional.of(none.detail());
            case HopResult.Tried tried ->
                switch (tried.transaction()) {
                    case Transaction.Accepted accepted -> Optional.empty();
                    case Transaction.Unconfirmed unconfirmed -> Optional.empty(); // it may come
                    case Transaction.Refused refused ->
                        Optional.of("it answered " + refused.reply().code() + " in the phase " + refused.phase());
                    case Transaction.Failed failed -> Optional.of(failed.detail());
                };
        };
    }

    private static byte[] octets(SignedMessage message) {
        byte[] octets = new byte[message.size()];
        message.octets().get(octets);
        return octets;
    }

    private RoundTripResult compare(byte[] sent, byte[] arrived, Duration took) {
        MessageText after = MessageText.of(arrived);
        List<SignatureResult> ours = signatures(sent);
        return new RoundTripResult.CameBack(
                took,
                ours.size(),
                broken(ours, signatures(arrived)),
                MessageChanges.between(MessageText.of(sent), after),
                after.values("received").reversed().stream()
                        .limit(MAX_HOPS)
                        .map(ReceivedField::parse)
                        .toList(),
                after.values("return-path").stream().findFirst().flatMap(RoundTrip::domain));
    }

    private List<SignatureResult> signatures(byte[] message) {
        return verifier.verify(new MailMessage(message)).signatures();
    }

    /** The relay's own signatures are not asked about. */
    private static List<String> broken(List<SignatureResult> sent, List<SignatureResult> arrived) {
        List<String> broken = new ArrayList<>();
        for (SignatureResult ours : sent) {
            List<SignatureResult> same =
                    arrived.stream().filter(s -> isSame(s, ours)).toList();
            if (same.stream().noneMatch(s -> s.result() == DkimResult.PASS)) {
                broken.add(ours.selector() + ": " + reasons(same));
            }
        }
        return broken;
    }

    private static boolean isSame(SignatureResult a, SignatureResult b) {
        return a.selector().equals(b.selector()) && a.domain().equalsIgnoreCase(b.domain());
    }

    private static String reasons(List<SignatureResult> same) {
        return same.isEmpty()
                ? "it was taken off"
                : same.stream().map(SignatureResult::reason).distinct().collect(Collectors.joining("; "));
    }

    private static Optional<String> domain(String path) {
        int at = path.lastIndexOf('@');
        String domain = at < 0 ? "" : path.substring(at + 1).replaceAll("[^A-Za-z0-9.-].*", "");
        return domain.isEmpty() ? Optional.empty() : Optional.of(domain.toLowerCase(Locale.ROOT));
    }
}
