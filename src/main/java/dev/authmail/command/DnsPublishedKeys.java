package dev.authmail.command;

import dev.authmail.dkim.PublishedKeys;
import dev.authmail.dns.Dns;
import dev.authmail.dns.DnsAnswer;

/** The keys that are published in the DNS. RFC 6376 §3.6.2, §6.1.2. */
public final class DnsPublishedKeys implements PublishedKeys {
    private final Dns dns;

    /** @param dns where keys are looked up */
    public DnsPublishedKeys(Dns dns) {
        this.dns = dns;
    }

    @Override
    public Answer lookUp(String name) {
        return switch (dns.txt(name)) {
            case DnsAnswer.Found<String> found -> new Answer.Found(found.records());
            case DnsAnswer.NoSuchName<String> none -> new Answer.NotFound();
            case DnsAnswer.NoData<String> none -> new Answer.NotFound();
            case DnsAnswer.Failed<String> failed -> new Answer.Unavailable(failed.detail());
        };
    }
}
