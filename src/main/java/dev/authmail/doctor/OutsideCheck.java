package dev.authmail.doctor;

import dev.authmail.address.IpAddress;
import dev.authmail.smtp.Deadline;
import dev.authmail.smtp.SmtpPhase;
import dev.authmail.smtp.SmtpProbe;
import dev.authmail.smtp.SmtpProbe.Greeted;
import dev.authmail.smtp.SmtpServer;
import dev.authmail.smtp.TlsPolicy;
import dev.authmail.smtp.Transaction;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Port 25 is open to the outside, and the address that the outside sees is one that we know: behind NAT, SPF and PTR
 * break silently. Some MX hosts (Gmail's, Exim) tell the client's address in their answer to EHLO.
 */
public final class OutsideCheck implements Check, OutsideAddress {
    private static final String PORT = "port-25";
    private static final Duration LIMIT = Duration.ofSeconds(8);
    private static final Pattern BRACKETS = Pattern.compile("\\[(?:IPv6:)?([0-9A-Fa-f:.]{3,45})]");

    private final String host;
    private final int port;
    private final KnownAddresses known;
    private final SmtpProbe probe;
    private @Nullable CompletableFuture<Greeted> greeted;

    /**
     * @param host an MX host that always answers
     * @param port 25, but for tests
     * @param known the addresses that mail is thought to leave from
     */
    public OutsideCheck(String host, int port, List<InetAddress> known, SmtpProbe probe) {
        this.host = host;
        this.port = port;
        this.known = new KnownAddresses(known);
        this.probe = probe;
    }

    @Override
    public String name() {
        return PORT;
    }

    @Override
    public String subject() {
        return host + ":" + port;
    }

    /** The same, for another look. */
    public OutsideCheck again() {
        return new OutsideCheck(host, port, known.addresses(), probe);
    }

    @Override
    public Optional<InetAddress> seen(Duration limit) {
        try {
            return greeted().get(limit.toNanos(), TimeUnit.NANOSECONDS) instanceof Greeted.Said(String line)
                    ? address(line)
                    : Optional.empty();
        } catch (TimeoutException | ExecutionException e) {
            return Optional.empty();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static Optional<InetAddress> address(String line) {
        Matcher brackets = BRACKETS.matcher(line);
        return brackets.find() ? IpAddress.parse(brackets.group(1)) : Optional.empty();
    }

    /** Asked once, whoever asks first. */
    private synchronized CompletableFuture<Greeted> greeted() {
        if (greeted == null) {
            greeted = CompletableFuture.supplyAsync(this::greet, Thread::startVirtualThread);
        }
        return greeted;
    }

    private Greeted greet() {
        try {
            SmtpServer server = new SmtpServer(host, InetAddress.getByName(host), port, TlsPolicy.NONE, null);
            return probe.greet(server, Deadline.in(LIMIT));
        } catch (UnknownHostException e) {
            return new Greeted.Ended(new Transaction.Failed(
                    SmtpPhase.CONNECT, Transaction.Failure.NO_CONNECTION, "the host has no address", null));
        }
    }

    @Override
    public List<Finding> run() {
        return switch (greeted().join()) {
            case Greeted.Ended ended -> List.of(ended(ended.outcome()));
            case Greeted.Said said -> {
                List<Finding> findings = new ArrayList<>(List.of(Finding.fine(PORT, subject(), "answers")));
                address(said.line())
                        .map(seen -> known.judge(seen, "the outside", Status.FAILURE))
                        .ifPresent(findings::add);
                yield findings;
            }
        };
    }

    private Finding ended(Transaction outcome) {
        return switch (outcome) {
            case Transaction.Refused refused ->
                new Finding(
                        PORT,
                        Status.WARNING,
                        subject(),
                        "is reached and answers " + refused.reply().code(),
                        "a 220 and a 250: the address may be refused there",
                        "the direct route",
                        List.of());
            case Transaction.Failed failed -> closed(failed.detail());
            case Transaction.Unconfirmed unconfirmed -> closed(unconfirmed.detail());
            case Transaction.Accepted accepted -> Finding.fine(PORT, subject(), "answers");
        };
    }

    private Finding closed(String detail) {
        return new Finding(
                PORT,
                Status.FAILURE,
                subject(),
                "cannot be reached: " + detail,
                "port 25 open to the outside (clouds open it on request), or authmail.direct.enabled: never",
                "the direct route to every provider",
                List.of());
    }
}
