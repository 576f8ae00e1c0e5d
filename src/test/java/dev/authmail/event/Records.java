package dev.authmail.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Records as a producer would write them. */
final class Records {
    static final Instant WRITTEN = Instant.parse("2026-11-24T06:00:00Z");

    private Records() {}

    /** @param headers names and values in turn */
    static SourceRecord of(String value, String... headers) {
        return of(value.getBytes(UTF_8), headers);
    }

    static SourceRecord of(byte[] value, String... headers) {
        List<Header> list = new ArrayList<>();
        for (int i = 0; i < headers.length; i += 2) {
            list.add(new Header(headers[i], headers[i + 1].getBytes(UTF_8)));
        }
        return new SourceRecord("registrations", 3, 42, WRITTEN, null, value, list);
    }

    /** A bare event with one more field, as JSON text. */
    static SourceRecord with(String field) {
        return of("{\"userId\":\"u-1\",\"email\":\"hanako@example.test\"," + field + "}");
    }
}
