package dev.authmail.dns;

import java.util.HexFormat;
import java.util.Locale;

/**
 * One TLSA record. RFC 6698 §2.1.
 *
 * @param usage which certificate it is about, 0 to 255
 * @param selector which part of it, 0 to 255
 * @param matching how that part is compared, 0 to 255
 * @param data what it is compared with, as lower-case hexadecimal digits
 */
public record TlsaRecord(int usage, int selector, int matching, String data) {
    public TlsaRecord {
        data = data.toLowerCase(Locale.ROOT);
    }

    /** The octets it is compared with. */
    public byte[] octets() {
        return HexFormat.of().parseHex(data);
    }

    @Override
    public String toString() {
        String shown = data.length() > 16 ? data.substring(0, 16) + "…" : data;
        return usage + " " + selector + " " + matching + " " + shown;
    }
}
