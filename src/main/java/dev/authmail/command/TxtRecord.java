package dev.authmail.command;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A TXT record as it is published. RFC 1035 §3.3.14, §5.1. */
final class TxtRecord {
    private static final int MAX_STRING = 255;

    private TxtRecord() {}

    /** The line of a zone file; the value, which is ASCII, in strings of at most 255 octets. */
    static String zoneLine(String name, String value) {
        List<String> strings = new ArrayList<>();
        for (int at = 0; at < value.length(); at += MAX_STRING) {
            strings.add(value.substring(at, Math.min(value.length(), at + MAX_STRING)));
        }
        return name + ". 3600 IN TXT ( "
                + strings.stream().map(s -> "\"" + s + "\"").collect(Collectors.joining(" ")) + " )";
    }
}
