package dev.authmail.dane;

import dev.authmail.dns.Dns;
import dev.authmail.dns.DnsAnswer;
import dev.authmail.dns.TlsaRecord;

/** Finds the TLSA records of mail hosts, where DNSSEC proves the way to them. RFC 7672 §2.2.3. */
public final class TlsaLookup {
    private final Dns dns;
    private final String prefix;

    /**
     * @param dns whose answers say whether they are proven
     * @param port of the mail hosts
     */
    public TlsaLookup(Dns dns, int port) {
        this.dns = dns;
        this.prefix = "_" + port + "._tcp.";
    }

    /**
     * The records of a host that a proven MX record names.
     *
     * @param host as the MX record names it
     * @param secure whether its addresses are proven
     * @param owner the name that has the addresses, after CNAMEs
     */
    public TlsaAnswer of(String host, boolean secure, String owner) {
        if (owner.equals(host)) {
            return secure ? at(host) : new TlsaAnswer.None();
        }
        return secure ? atOwnerOrAlias(host, owner) : atProvenAlias(host);
    }

    /** RFC 7672 §2.2.3: the expanded name first, the alias only when that has none. */
    private TlsaAnswer atOwnerOrAlias(String host, String owner) {
        TlsaAnswer expanded = at(owner);
        return expanded instanceof TlsaAnswer.None ? at(host) : expanded;
    }

    /** RFC 7672 §2.2.2: the addresses are not proven, but that the host is an alias may be. */
    private TlsaAnswer atProvenAlias(String host) {
        return switch (dns.cname(host)) {
            case DnsAnswer.Found<String> alias -> alias.secure() ? at(host) : new TlsaAnswer.None();
            case DnsAnswer.NoData<String> none -> new TlsaAnswer.None();
            case DnsAnswer.NoSuchName<String> none -> new TlsaAnswer.None();
            case DnsAnswer.Failed<String> failed -> new TlsaAnswer.Failed(failed.detail());
        };
    }

    private TlsaAnswer at(String base) {
        return switch (dns.tlsa(prefix + base)) {
            case DnsAnswer.Found<TlsaRecord> found ->
                found.secure() ? new TlsaAnswer.Found(base, TlsaRecords.of(found.records())) : new TlsaAnswer.None();
            case DnsAnswer.NoData<TlsaRecord> none -> new TlsaAnswer.None();
            case DnsAnswer.NoSuchName<TlsaRecord> none -> new TlsaAnswer.None();
            case DnsAnswer.Failed<TlsaRecord> failed -> new TlsaAnswer.Failed(failed.detail());
        };
    }
}
