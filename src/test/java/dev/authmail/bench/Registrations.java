package dev.authmail.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.function.IntFunction;

/** The events of a bench: every second reader reads Japanese, the others English. */
final class Registrations {
    private Registrations() {}

    /** The event of that number, JSON on one line. */
    static byte[] event(int number, IntFunction<String> domains) {
        boolean japanese = number % 2 == 0;
        return ("{\"id\":\"b%d\",\"userId\":\"u-%d\",\"email\":\"user%d@%s\",\"name\":\"%s\",\"locale\":\"%s\","
                        + "\"purpose\":\"verify-email\",\"continueTo\":\"/welcome\"}")
                .formatted(
                        number,
                        number,
                        number,
                        domains.apply(number),
                        japanese ? "山田 花子" : "Jane Smith",
                        japanese ? "ja-JP" : "en-GB")
                .getBytes(UTF_8);
    }
}
