package dev.authmail.doctor;

import java.util.ArrayList;
import java.util.List;

/** Lines of a zone file, to copy. RFC 1035 §5.1. */
final class Zone {
    private static final int MAX_STRING = 255;

    private Zone() {}

    /** A TXT record; a long value in strings of at most 255 octets. */
    static String txt(String name, String value) {
        List<String> strings = new ArrayList<>();
        for (int at = 0; at < value.length(); at += MAX_STRING) {
            strings.add("\""
                    + value.substring(at, Math.min(value.length(), at + MAX_STRING))
                            .replace("\"", "\\\"") + "\"");
        }
        return name + ". 3600 IN TXT "
                + (strings.size() == 1 ? strings.getFirst() : "( " + String.join(" ", strings) + " )");
    }

    static String record(String name, String type, String value) {
        return name + ". 3600 IN " + type + " " + value;
    }
}
