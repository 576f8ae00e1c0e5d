package dev.authmail.dkim;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How a message is brought into the form that is hashed. Octets in, octets out. RFC 6376 §3.4. */
enum Canonicalization {
    /** Next to no change is forgiven. RFC 6376 §3.4.1, §3.4.3. */
    SIMPLE {
        @Override
        void header(byte[] octets, int from, int to, OctetSink sink) {
            sink.write(octets, from, to - from);
        }

        @Override
        void body(byte[] octets, int from, OctetSink sink) {
            int end = octets.length;
            while (end - 2 >= from && Octets.isCrlf(octets, end - 2)) {
                end -= 2;
            }
            sink.write(octets, from, end - from);
            sink.write(Octets.CRLF, 0, 2);
        }
    },
    /** White space and the case of names may change. RFC 6376 §3.4.2, §3.4.4. */
    RELAXED {
        @Override
        void header(byte[] octets, int from, int to, OctetSink sink) {
            RelaxedForm.header(octets, from, to, sink);
        }

        @Override
        void body(byte[] octets, int from, OctetSink sink) {
            RelaxedForm.body(octets, from, sink);
        }
    };

    /** One header field, [from, to) without its final CRLF; none is written either. */
    abstract void header(byte[] octets, int from, int to, OctetSink sink);

    /** The body, from the offset to the end. */
    abstract void body(byte[] octets, int from, OctetSink sink);

    /** The word in {@code c=}. */
    String tag() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Canonicalization> fromTag(String tag) {
        return Arrays.stream(values()).filter(c -> c.tag().equals(tag)).findFirst();
    }
}
