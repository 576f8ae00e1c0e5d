package dev.authmail.dane;

import dev.authmail.dns.TlsaRecord;

/** Whether a chain of certificates fits the TLSA records of a host. */
public sealed interface DaneVerdict {
    /**
     * It does.
     *
     * @param record the record that says so
     */
    record Verified(TlsaRecord record) implements DaneVerdict {}

    /** No record can be used: nothing is verified, and TLS is demanded all the same. RFC 7672 §2.2. */
    record Unusable() implements DaneVerdict {}

    /**
     * It does not.
     *
     * @param problem what is wrong
     */
    record Refused(Problem problem) implements DaneVerdict {}

    /** What is wrong with a chain. */
    enum Problem {
        /** No record is about any certificate of the chain. */
        NO_MATCH,
        /** A trust anchor fits, and the server's certificate is for another name. RFC 7672 §3.2.3. */
        WRONG_NAME,
        /** A trust anchor fits, and a certificate of the chain is not valid now. */
        EXPIRED,
        /** A trust anchor fits, and does not vouch for the server's certificate. RFC 5280 §6.1. */
        NO_PATH
    }
}
