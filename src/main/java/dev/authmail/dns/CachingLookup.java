package dev.authmail.dns;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.xbill.DNS.Cache;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.lookup.LookupSession;

/** dnsjava's own look-up and cache, without DNSSEC. */
final class CachingLookup implements Lookup {
    private final LookupSession session;

    CachingLookup(Resolver resolver, DnsSettings settings, Executor executor) {
        this.session = LookupSession.builder()
                .resolver(resolver)
                .cache(cache(settings))
                .executor(executor)
                .build();
    }

    @Override
    public CompletionStage<Answer> ask(Name name, int type) {
        return session.lookupAsync(name, type).thenApply(result -> answer(name, result.getRecords()));
    }

    private static Answer answer(Name asked, List<Record> records) {
        return new Answer(
                records, false, records.isEmpty() ? asked : records.getFirst().getName());
    }

    private static Cache cache(DnsSettings settings) {
        Cache cache = new Cache(DClass.IN);
        cache.setMaxEntries(settings.cacheEntries());
        cache.setMaxCache((int) settings.maxTtl().toSeconds());
        cache.setMaxNCache((int) settings.maxNegativeTtl().toSeconds());
        return cache;
    }
}
