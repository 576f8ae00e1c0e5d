package dev.authmail.command;

import dev.authmail.dns.Dns;
import dev.authmail.dns.DnsAnswer;
import dev.authmail.dns.MxRecord;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import org.xbill.DNS.ExtendedResolver;
import org.xbill.DNS.Name;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;
import org.xbill.DNS.lookup.LookupSession;
import org.xbill.DNS.lookup.NoSuchDomainException;
import org.xbill.DNS.lookup.NoSuchRRSetException;

/** Asks for TXT records alone, over UDP and, when an answer is truncated, TCP; follows CNAMEs. No cache. */
final class TxtDns implements Dns {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final LookupSession session;

    private TxtDns(Resolver resolver) {
        resolver.setTimeout(TIMEOUT);
        this.session = LookupSession.builder().resolver(resolver).build();
    }

    static Dns at(Optional<InetSocketAddress> server) {
        return new TxtDns(server.<Resolver>map(SimpleResolver::new).orElseGet(TxtDns::system));
    }

    private static Resolver system() {
        return new ExtendedResolver();
    }

    @Override
    public DnsAnswer<String> txt(String name) {
        try {
            List<String> records = session
                    .lookupAsync(Name.fromString(name, Name.root), Type.TXT)
                    .toCompletableFuture()
                    .join()
                    .getRecords()
                    .stream()
                    .filter(TXTRecord.class::isInstance)
                    .map(r -> joined((TXTRecord) r))
                    .toList();
            return records.isEmpty() ? new DnsAnswer.NoData<>() : new DnsAnswer.Found<>(records);
        } catch (TextParseException e) {
            return new DnsAnswer.NoSuchName<>();
        } catch (CompletionException e) {
            return answer(e.getCause() == null ? e : e.getCause());
        }
    }

    private static DnsAnswer<String> answer(Throwable cause) {
        return switch (cause) {
            case NoSuchDomainException e -> new DnsAnswer.NoSuchName<>();
            case NoSuchRRSetException e -> new DnsAnswer.NoData<>();
            default -> new DnsAnswer.Failed<>(cause.getClass().getSimpleName());
        };
    }

    private static String joined(TXTRecord record) {
        return record.getStringsAsByteArrays().stream()
                .map(octets -> new String(octets, StandardCharsets.UTF_8))
                .collect(Collectors.joining());
    }

    @Override
    public DnsAnswer<MxRecord> mx(String name) {
        return new DnsAnswer.Failed<>("only TXT is asked for here");
    }

    @Override
    public DnsAnswer<Inet4Address> a(String name) {
        return new DnsAnswer.Failed<>("only TXT is asked for here");
    }

    @Override
    public DnsAnswer<Inet6Address> aaaa(String name) {
        return new DnsAnswer.Failed<>("only TXT is asked for here");
    }
}
