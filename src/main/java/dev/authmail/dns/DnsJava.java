package dev.authmail.dns;

import dev.authmail.dns.Lookup.Answer;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.TLSARecord;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;
import org.xbill.DNS.lookup.NoSuchDomainException;
import org.xbill.DNS.lookup.NoSuchRRSetException;

/**
 * Asks recursive servers over UDP, and over TCP when an answer is truncated; remembers answers for their TTL. Names are
 * absolute: no search domain and no hosts file has a say. RFC 1035, RFC 2308, RFC 6891.
 */
public final class DnsJava implements Dns, AutoCloseable {
    private final ExecutorService executor = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("dns-", 0).factory());
    private final Lookup lookup;
    private final Duration timeout;

    /** Answers are taken as they come: none is secure. */
    public DnsJava(DnsSettings settings) {
        this(settings, (resolver, executor) -> new CachingLookup(resolver, settings, executor));
    }

    private DnsJava(DnsSettings settings, BiFunction<Resolver, Executor, Lookup> way) {
        this.timeout = settings.timeout();
        this.lookup = way.apply(Resolvers.of(settings), executor);
    }

    /**
     * Validates every answer with DNSSEC, from the keys in a file down. What does not validate is a failure. RFC 4033 §5.
     *
     * @param anchors DS or DNSKEY records in the form of a zone file, such as those of the root
     * @throws IllegalArgumentException when there are none
     */
    public static DnsJava validating(DnsSettings settings, Path anchors) {
        return new DnsJava(
                settings,
                (resolver, executor) ->
                        new ValidatedLookup(Resolvers.validating(resolver, anchors), settings, executor));
    }

    /**
     * Believes the servers when they say that they validated an answer: for servers on this host alone, since nothing
     * protects their word on the way. RFC 4035 §4.9.3.
     *
     * @throws IllegalArgumentException when a server is not on loopback
     */
    public static DnsJava trustingLocal(DnsSettings settings) {
        Resolvers.requireLoopback(settings);
        return new DnsJava(settings, (resolver, executor) -> new ValidatedLookup(resolver, settings, executor));
    }

    @Override
    public DnsAnswer<MxRecord> mx(String name) {
        return ask(name, Type.MX, MXRecord.class, r -> new MxRecord(r.getPriority(), hostName(r.getTarget())));
    }

    @Override
    public DnsAnswer<Inet4Address> a(String name) {
        return ask(name, Type.A, ARecord.class, r -> (Inet4Address) r.getAddress());
    }

    @Override
    public DnsAnswer<Inet6Address> aaaa(String name) {
        return ask(name, Type.AAAA, AAAARecord.class, DnsJava::ipv6);
    }

    @Override
    public DnsAnswer<String> txt(String name) {
        return ask(name, Type.TXT, TXTRecord.class, DnsJava::joined);
    }

    @Override
    public DnsAnswer<String> ptr(String name) {
        return ask(name, Type.PTR, PTRRecord.class, r -> r.getTarget().toString(true));
    }

    @Override
    public DnsAnswer<TlsaRecord> tlsa(String name) {
        return ask(
                name,
                Type.TLSA,
                TLSARecord.class,
                r -> new TlsaRecord(
                        r.getCertificateUsage(),
                        r.getSelector(),
                        r.getMatchingType(),
                        HexFormat.of().formatHex(r.getCertificateAssociationData())));
    }

    @Override
    public DnsAnswer<String> cname(String name) {
        return ask(name, Type.CNAME, CNAMERecord.class, r -> hostName(r.getTarget()));
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }

    private <R extends Record, T> DnsAnswer<T> ask(String name, int type, Class<R> kind, Function<R, T> reader) {
        try {
            Answer answer = answer(name, type);
            List<T> found = answer.records().stream()
                    .filter(kind::isInstance)
                    .map(kind::cast)
                    .map(reader)
                    .toList();
            // An empty answer from the network is NODATA; from the cache it is NoSuchRRSetException.
            return found.isEmpty()
                    ? new DnsAnswer.NoData<>()
                    : new DnsAnswer.Found<>(found, answer.secure(), hostName(answer.owner()));
        } catch (ExecutionException e) {
            return notFound(name, type, e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            return failed(name, type, "no answer within " + timeout.toMillis() + " ms");
        } catch (TextParseException e) {
            return failed(name, type, "not a name that the DNS can be asked for");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failed(name, type, "interrupted");
        }
    }

    private Answer answer(String name, int type)
            throws TextParseException, ExecutionException, TimeoutException, InterruptedException {
        CompletableFuture<Answer> answer = lookup.ask(absolute(name), type).toCompletableFuture();
        try {
            return answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } finally {
            answer.cancel(true);
        }
    }

    /** Every character but the dot stands for itself, a backslash as well: SPF macros make such names. RFC 7208 §7.3. */
    private static Name absolute(String name) throws TextParseException {
        return Name.fromString(name.replace("\\", "\\\\"), Name.root);
    }

    private static <T> DnsAnswer<T> notFound(String name, int type, Throwable cause) {
        return switch (cause) {
            case NoSuchDomainException e -> new DnsAnswer.NoSuchName<>();
            case NoSuchRRSetException e -> new DnsAnswer.NoData<>();
            // RFC 5321 §5.1: whatever else went wrong is a temporary error, never "there is none".
            default -> failed(name, type, reasonOf(cause));
        };
    }

    private static <T> DnsAnswer<T> failed(String name, int type, String why) {
        return new DnsAnswer.Failed<>(Type.string(type) + " of " + shown(name) + ": " + why);
    }

    private static String reasonOf(Throwable cause) {
        Throwable inner = cause.getCause();
        if (inner != null) {
            return reasonOf(inner);
        }
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }

    private static String shown(String name) {
        String printable = name.replaceAll("[^\\x21-\\x7e]", "?");
        return printable.length() <= 260 ? printable : printable.substring(0, 260) + "…";
    }

    private static String hostName(Name name) {
        return name.equals(Name.root) ? "" : name.toString(true).toLowerCase(Locale.ROOT);
    }

    /** Through the octets: java.net would turn ::ffff:a.b.c.d into an IPv4 address. */
    private static Inet6Address ipv6(AAAARecord record) {
        try {
            return Inet6Address.getByAddress(null, record.rdataToWireCanonical(), -1);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("An AAAA record without 16 octets", e);
        }
    }

    /** RFC 7208 §3.3: joined without a space. */
    private static String joined(TXTRecord record) {
        return record.getStringsAsByteArrays().stream()
                .map(octets -> new String(octets, StandardCharsets.UTF_8))
                .collect(Collectors.joining());
    }
}
