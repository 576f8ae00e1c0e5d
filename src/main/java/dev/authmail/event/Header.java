package dev.authmail.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;

/** One header of a Kafka record: a name, and octets that may be absent. Immutable. */
public final class Header {
    private final String name;
    private final byte @Nullable [] octets;

    /**
     * @param name the name as received
     * @param octets the value, or null as Kafka allows; copied
     */
    public Header(String name, byte @Nullable [] octets) {
        this.name = name;
        this.octets = octets == null ? null : octets.clone();
    }

    /** The name as received. */
    public String name() {
        return name;
    }

    /** A copy of the value, to be passed on byte for byte. */
    public byte @Nullable [] octets() {
        return octets == null ? null : octets.clone();
    }

    /** The value read as UTF-8, faulty octets replaced; null if there is none. */
    public @Nullable String text() {
        return octets == null ? null : new String(octets, UTF_8);
    }

    @Override
    public String toString() {
        return name;
    }
}
