package dev.authmail.mx;

import java.util.List;

/** Which hosts take mail for a domain. RFC 5321 §5.1, RFC 7505. */
public sealed interface MxLookup {
    /**
     * Their addresses are asked for one host at a time.
     *
     * @param hosts in the order in which they are tried; never empty
     * @param secure whether DNSSEC proves that these are the hosts, as DANE demands. RFC 7672 §2.2.1; of the implicit MX
     *     its addresses must tell
     * @param owner the domain itself, or the name that has the MX records after CNAMEs
     */
    record Found(List<MailExchanger> hosts, boolean secure, String owner) implements MxLookup {
        public Found {
            hosts = List.copyOf(hosts);
        }
    }

    /** The domain says that it takes no mail. RFC 7505 §3. */
    record NullMx() implements MxLookup {}

    /** The domain does not exist. */
    record NoSuchDomain() implements MxLookup {}

    /** There are MX records, and none names a host. RFC 5321 §5.1: an error, never the implicit MX. */
    record NoUsableHost(String detail) implements MxLookup {}

    /** This system is itself the most preferred host: mail would come back to it. RFC 5321 §5.1. */
    record OwnHost(String host) implements MxLookup {}

    /** The DNS could not answer; temporary. RFC 5321 §5.1. */
    record DnsFailure(String detail) implements MxLookup {}
}
