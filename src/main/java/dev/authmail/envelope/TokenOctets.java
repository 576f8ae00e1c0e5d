package dev.authmail.envelope;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.authmail.event.EventFingerprint;
import dev.authmail.keys.HmacKey;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Optional;

/** The octets behind the text. */
final class TokenOctets {
    private static final byte[] LABEL = "authmail-envelope-v1\n".getBytes(US_ASCII);
    private static final int FORMAT = 1;
    private static final int CONTENT_OCTETS = 1 + 2 + EventFingerprint.OCTETS;
    private static final int MAC_OCTETS = 10;
    private static final byte[] MESSAGE_LABEL = "authmail-message-id-v1\n".getBytes(US_ASCII);
    private static final int MESSAGE_FORMAT = 2;
    private static final int MESSAGE_CONTENT_OCTETS = 1 + EventFingerprint.OCTETS;
    /** How many characters base32 makes of the octets of a Message-ID. */
    static final int MESSAGE_ID_CHARS = 44;

    private TokenOctets() {}

    static byte[] write(EventFingerprint fingerprint, long day, int number, HmacKey key) {
        var content = ByteBuffer.allocate(CONTENT_OCTETS)
                .put((byte) (FORMAT << 4 | number))
                .putShort((short) day)
                .put(fingerprint.octets())
                .array();
        return ByteBuffer.allocate(CONTENT_OCTETS + MAC_OCTETS)
                .put(content)
                .put(mac(LABEL, content, key))
                .array();
    }

    static EnvelopeToken read(byte[] octets, EnvelopeKeys keys) {
        if (octets[0] >> 4 != FORMAT) {
            return new EnvelopeToken.Malformed("the format of the token is not " + FORMAT);
        }
        var content = Arrays.copyOf(octets, CONTENT_OCTETS);
        var mac = Arrays.copyOfRange(octets, CONTENT_OCTETS, octets.length);
        var key = keys.find(octets[0] & 0x0f);
        if (key.isEmpty()) {
            return new EnvelopeToken.Forged("its key is not known (any more)");
        }
        return MessageDigest.isEqual(mac(LABEL, content, key.get()), mac)
                ? genuine(ByteBuffer.wrap(content))
                : new EnvelopeToken.Forged("its MAC does not fit");
    }

    static byte[] messageId(EventFingerprint fingerprint, int number, HmacKey key) {
        byte[] content = ByteBuffer.allocate(MESSAGE_CONTENT_OCTETS)
                .put((byte) (MESSAGE_FORMAT << 4 | number))
                .put(fingerprint.octets())
                .array();
        return ByteBuffer.allocate(MESSAGE_CONTENT_OCTETS + MAC_OCTETS)
                .put(content)
                .put(mac(MESSAGE_LABEL, content, key))
                .array();
    }

    /** The event, when a key of ours made these octets. */
    static Optional<EventFingerprint> readMessageId(byte[] octets, EnvelopeKeys keys) {
        if (octets.length != MESSAGE_CONTENT_OCTETS + MAC_OCTETS || octets[0] >> 4 != MESSAGE_FORMAT) {
            return Optional.empty();
        }
        byte[] content = Arrays.copyOf(octets, MESSAGE_CONTENT_OCTETS);
        byte[] mac = Arrays.copyOfRange(octets, MESSAGE_CONTENT_OCTETS, octets.length);
        return keys.find(octets[0] & 0x0f)
                .filter(key -> MessageDigest.isEqual(mac(MESSAGE_LABEL, content, key), mac))
                .map(key -> EventFingerprint.of(Arrays.copyOfRange(content, 1, content.length)));
    }

    private static EnvelopeToken genuine(ByteBuffer content) {
        var fingerprint = new byte[EventFingerprint.OCTETS];
        content.get(3, fingerprint);
        int day = Short.toUnsignedInt(content.getShort(1));
        return new EnvelopeToken.Genuine(EventFingerprint.of(fingerprint), LocalDate.ofEpochDay(day));
    }

    private static byte[] mac(byte[] label, byte[] content, HmacKey key) {
        var message =
                ByteBuffer.allocate(label.length + content.length).put(label).put(content);
        return key.mac(message.array(), MAC_OCTETS);
    }
}
