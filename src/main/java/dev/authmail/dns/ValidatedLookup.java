package dev.authmail.dns;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;
import org.xbill.DNS.dnssec.ValidatingResolver;
import org.xbill.DNS.lookup.NoSuchDomainException;

/**
 * Asks a resolver whose AD flag can be believed, follows CNAMEs where it did not, and remembers answers for their TTL.
 * What is bogus is a failure. RFC 4035 §3.2.3, §4.3; dnsjava's own look-up does not tell the flag.
 */
final class ValidatedLookup implements Lookup {
    private static final int MAX_ALIASES = 10;

    private final Resolver resolver;
    private final Executor executor;
    private final AnswerCache cache;
    private final Duration maxTtl;
    private final Duration maxNegativeTtl;

    ValidatedLookup(Resolver resolver, DnsSettings settings, Executor executor) {
        this.resolver = resolver;
        this.executor = executor;
        this.cache = new AnswerCache(settings.cacheEntries());
        this.maxTtl = settings.maxTtl();
        this.maxNegativeTtl = settings.maxNegativeTtl();
    }

    @Override
    public CompletionStage<Answer> ask(Name name, int type) {
        return cache.get(name, type)
                .map(known -> completed(known, name, type))
                .orElseGet(() -> follow(new Answer(List.of(), true, name), type, 0, maxTtl)
                        .thenCompose(found -> {
                            cache.put(name, type, found);
                            return completed(found, name, type);
                        }));
    }

    private static CompletionStage<Answer> completed(AnswerCache.Known entry, Name name, int type) {
        return entry.exists()
                ? CompletableFuture.completedFuture(entry.answer())
                : CompletableFuture.failedFuture(new NoSuchDomainException(name, type));
    }

    /** Asks for the name where the way has led so far. */
    private CompletionStage<AnswerCache.Known> follow(Answer way, int type, int aliases, Duration ttl) {
        Message query = Message.newQuery(Record.newRecord(way.owner(), type, DClass.IN));
        query.getHeader().setFlag(Flags.AD); // RFC 6840 §5.7: tell us what you validated.
        return resolver.sendAsync(query, executor).thenCompose(message -> read(message, way, type, aliases, ttl));
    }

    private CompletionStage<AnswerCache.Known> read(Message message, Answer way, int type, int aliases, Duration ttl) {
        int code = message.getRcode();
        if (code != Rcode.NOERROR && code != Rcode.NXDOMAIN) {
            return CompletableFuture.failedFuture(new IOException(Rcode.string(code) + reason(message)));
        }
        boolean secure = way.secure() && message.getHeader().getFlag(Flags.AD);
        List<Record> answer = message.getSection(Section.ANSWER);
        Name owner = type == Type.CNAME ? way.owner() : end(answer, way.owner());
        List<Record> records = answer.stream()
                .filter(r -> r.getType() == type && r.getName().equals(owner))
                .toList();
        Duration shortest = shorter(ttl, answer);
        if (!records.isEmpty()) {
            return entry(new Answer(records, secure, owner), true, shortest);
        }
        boolean unfinished = code == Rcode.NOERROR && !owner.equals(way.owner()) && soa(message) == null;
        if (!unfinished) {
            Duration negative = shorter(shortest, negativeTtl(message));
            return entry(new Answer(List.of(), secure, owner), code == Rcode.NOERROR, negative);
        }
        return aliases < MAX_ALIASES
                ? follow(new Answer(List.of(), secure, owner), type, aliases + 1, shortest)
                : CompletableFuture.failedFuture(new IOException("more than " + MAX_ALIASES + " CNAMEs"));
    }

    private static CompletionStage<AnswerCache.Known> entry(Answer answer, boolean exists, Duration ttl) {
        return CompletableFuture.completedFuture(AnswerCache.Known.of(answer, exists, ttl));
    }

    /** Where the CNAMEs of an answer lead. */
    private static Name end(List<Record> answer, Name start) {
        Name at = start;
        for (int hop = 0; hop < answer.size(); hop++) {
            Name here = at;
            Name next = answer.stream()
                    .filter(r -> r.getName().equals(here))
                    .filter(CNAMERecord.class::isInstance)
                    .map(r -> ((CNAMERecord) r).getTarget())
                    .findFirst()
                    .orElse(here);
            if (next.equals(here)) {
                return here;
            }
            at = next;
        }
        return at;
    }

    private static @Nullable SOARecord soa(Message message) {
        return message.getSection(Section.AUTHORITY).stream()
                .filter(SOARecord.class::isInstance)
                .map(SOARecord.class::cast)
                .findFirst()
                .orElse(null);
    }

    /** RFC 2308 §5. */
    private Duration negativeTtl(Message message) {
        SOARecord soa = soa(message);
        return soa == null
                ? Duration.ZERO
                : shorter(maxNegativeTtl, Duration.ofSeconds(Math.min(soa.getTTL(), soa.getMinimum())));
    }

    private static Duration shorter(Duration ttl, List<Record> answer) {
        return answer.stream().map(r -> Duration.ofSeconds(r.getTTL())).reduce(ttl, ValidatedLookup::shorter);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** Why dnsjava holds an answer for bogus. */
    private static String reason(Message message) {
        return message.getSection(Section.ADDITIONAL).stream()
                .filter(r -> r.getDClass() == ValidatingResolver.VALIDATION_REASON_QCLASS)
                .filter(TXTRecord.class::isInstance)
                .map(r -> ": " + String.join("", ((TXTRecord) r).getStrings()))
                .findFirst()
                .orElse("");
    }
}
