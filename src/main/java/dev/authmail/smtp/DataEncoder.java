package dev.authmail.smtp;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.authmail.mail.SignedMessage;
import java.nio.ByteBuffer;

/** The message as it stands between DATA and the reply to its final dot. RFC 5321 §4.5.2. */
final class DataEncoder {
    private static final byte[] DOT = ".\r\n".getBytes(US_ASCII);
    private static final byte[] CRLF_DOT = "\r\n.\r\n".getBytes(US_ASCII);

    private DataEncoder() {}

    /** A dot before each line that begins with one, the final dot after the last line; else octet for octet. */
    static byte[] encode(SignedMessage message) {
        ByteBuffer octets = message.octets();
        int size = message.size();
        byte[] end = endsLine(octets, size) ? DOT : CRLF_DOT;
        byte[] data = new byte[size + end.length];
        octets.get(data, 0, size);
        int dots = dots(data, size);
        if (dots > 0) {
            data = stuffed(data, size, dots);
        }
        System.arraycopy(end, 0, data, data.length - end.length, end.length);
        return data;
    }

    /** How many lines begin with a dot. Few mails have any: quoted-printable and base64 need none. */
    private static int dots(byte[] octets, int size) {
        int dots = 0;
        for (int i = 0; i < size; i++) {
            dots += octets[i] == '.' && beginsLine(octets, i) ? 1 : 0;
        }
        return dots;
    }

    private static byte[] stuffed(byte[] octets, int size, int dots) {
        byte[] data = new byte[octets.length + dots];
        int at = 0;
        for (int i = 0; i < size; i++) {
            if (octets[i] == '.' && beginsLine(octets, i)) {
                data[at++] = '.';
            }
            data[at++] = octets[i];
        }
        return data;
    }

    /** The message as BDAT carries it, octet for octet; only a final CRLF is added, as DATA would. RFC 3030 §2. */
    static byte[] chunk(SignedMessage message) {
        ByteBuffer octets = message.octets();
        int size = message.size();
        boolean ended = endsLine(octets, size);
        byte[] chunk = new byte[ended ? size : size + 2];
        octets.get(chunk, 0, size);
        if (!ended) {
            chunk[size] = '\r';
            chunk[size + 1] = '\n';
        }
        return chunk;
    }

    /** Whether the message needs BODY=8BITMIME. RFC 6152 §2. */
    static boolean holds8Bit(SignedMessage message) {
        ByteBuffer octets = message.octets();
        while (octets.hasRemaining()) {
            if (octets.get() < 0) {
                return true;
            }
        }
        return false;
    }

    private static boolean beginsLine(byte[] octets, int at) {
        return at == 0 || (at >= 2 && octets[at - 2] == '\r' && octets[at - 1] == '\n');
    }

    private static boolean endsLine(ByteBuffer octets, int size) {
        return size == 0 || (size >= 2 && octets.get(size - 2) == '\r' && octets.get(size - 1) == '\n');
    }
}
