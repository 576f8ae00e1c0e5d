package dev.authmail.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;

/** Values of records that are no events. */
final class Poison {
    private Poison() {}

    static List<byte[]> all() {
        List<byte[]> all = new ArrayList<>();
        all.add(null); // a tombstone
        all.add(new byte[0]);
        all.add(new byte[] {(byte) 0xC3, (byte) 0x28, 0, (byte) 0xFF}); // neither UTF-8 nor anything
        all.add(new byte[300 * 1024]); // larger than an event may be
        for (String text : List.of(
                "not JSON",
                "{\"id\":\"p1\",\"userId\":\"u\",", // cut off
                "[]",
                "null",
                "{}",
                "{\"id\":\"p2\",\"userId\":\"u\"}", // nobody to write to
                "{\"id\":\"p3\",\"userId\":\"u\",\"email\":\"not an address\"}",
                "{\"id\":\"p4\",\"userId\":\"u\",\"email\":\"a@good.test\\r\\nRCPT TO:<b@good.test>\"}",
                "{\"id\":\"p5\",\"userId\":\"u\",\"email\":{\"a\":1}}",
                "{\"id\":\"p6\",\"userId\":\"u\",\"email\":\"p6@good.test\",\"purpose\":\"../../etc\"}",
                "[".repeat(50_000))) {
            all.add(text.getBytes(UTF_8));
        }
        return all;
    }
}
