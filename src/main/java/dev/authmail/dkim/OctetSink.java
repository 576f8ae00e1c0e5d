package dev.authmail.dkim;

/** Where canonical octets go: a digest, a buffer. */
@FunctionalInterface
interface OctetSink {
    /** Takes {@code length} octets from {@code offset}. */
    void write(byte[] octets, int offset, int length);
}
