package dev.authmail.dkim;

import java.util.List;

/** Where public keys are found: TXT records in the DNS. RFC 6376 §3.6.2. Thread-safe, bounded in time. */
@FunctionalInterface
public interface PublishedKeys {
    /** @param name {@code selector._domainkey.domain} as A-labels, without a final dot */
    Answer lookUp(String name);

    /** What was found. */
    sealed interface Answer {
        /** TXT records, the strings of each joined without a separator. RFC 6376 §3.6.2.2. */
        record Found(List<String> records) implements Answer {
            public Found {
                records = List.copyOf(records);
            }
        }

        /** There is no such name, or no TXT record there. */
        record NotFound() implements Answer {}

        /** The DNS could not answer now. */
        record Unavailable(String detail) implements Answer {}
    }
}
