package dev.authmail.dane;

/** Which certificates the DNS vouches for at one mail host. RFC 7672 §2.2. */
public sealed interface TlsaAnswer {
    /** DANE does not apply: the DNS proves that there are no records, or proves nothing. */
    record None() implements TlsaAnswer {}

    /**
     * TLS is demanded.
     *
     * @param base the name that has the records; the server is asked for it, and its certificate may be for it. RFC 7672
     *     §2.2.3
     * @param records what is usable among them, perhaps nothing
     */
    record Found(String base, TlsaRecords records) implements TlsaAnswer {}

    /** Whether there are records cannot be told now: the host may not be used. RFC 7672 §2.1.1, §2.1.2. */
    record Failed(String detail) implements TlsaAnswer {}
}
