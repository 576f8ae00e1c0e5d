package dev.authmail.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Event ids in few octets. Most begin alike, with a source or a partition: an octet stands for such a beginning. A second
 * octet says whether the rest is a UUID in sixteen octets, or text. One id has one packed form.
 */
final class PackedIds {
    private static final int MOST_HEADS = 255;
    private static final int NO_HEAD = 255;
    private static final byte TEXT = 0;
    private static final byte UUID_OCTETS = 1;
    private static final int UUID_CHARS = 36;

    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> heads = new ArrayList<>();

    /** Packs an id; its beginning is remembered for ever, as long as there are few of them. */
    byte[] pack(String id) {
        int cut = cut(id);
        String head = id.substring(0, cut);
        Integer number = numbers.get(head);
        if (number == null && heads.size() < MOST_HEADS) {
            number = heads.size();
            numbers.put(head, number);
            heads.add(head);
        }
        return number == null ? pack(NO_HEAD, id) : pack(number, id.substring(cut));
    }

    /** The id again. */
    String unpack(byte[] packed) {
        int number = Byte.toUnsignedInt(packed[0]);
        String head = number == NO_HEAD ? "" : heads.get(number);
        ByteBuffer rest = ByteBuffer.wrap(packed, 2, packed.length - 2);
        return head
                + (packed[1] == UUID_OCTETS ? new UUID(rest.getLong(), rest.getLong()).toString() : UTF_8.decode(rest));
    }

    private static byte[] pack(int head, String rest) {
        if (isUuid(rest)) {
            UUID uuid = UUID.fromString(rest);
            return ByteBuffer.allocate(2 + 16)
                    .put((byte) head)
                    .put(UUID_OCTETS)
                    .putLong(uuid.getMostSignificantBits())
                    .putLong(uuid.getLeastSignificantBits())
                    .array();
        }
        byte[] text = rest.getBytes(UTF_8);
        return ByteBuffer.allocate(2 + text.length)
                .put((byte) head)
                .put(TEXT)
                .put(text)
                .array();
    }

    /** Whether it is just what {@link UUID#toString} writes: lower case. */
    private static boolean isUuid(String text) {
        if (text.length() != UUID_CHARS) {
            return false;
        }
        for (int i = 0; i < UUID_CHARS; i++) {
            char c = text.charAt(i);
            boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
            if (dash ? c != '-' : (c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
    }

    /** Behind {@code source|}, in which no other | can stand, or {@code topic-partition@}. */
    private static int cut(String id) {
        int bar = id.indexOf('|');
        return bar >= 0 ? bar + 1 : id.lastIndexOf('@') + 1;
    }
}
