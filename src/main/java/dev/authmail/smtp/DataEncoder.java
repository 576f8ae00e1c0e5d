package dev.authmail.smtp;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.authmail.mail.SignedMessage;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** The message as it stands between DATA and the reply to its final dot. RFC 5321 §4.5.2. */
final class DataEncoder {
    private static final byte[] DOT = ".\r\n".getBytes(US_ASCII);
    private static final byte[] CRLF_DOT = "\r\n.\r\n".getBytes(US_ASCII);

    private DataEncoder() {}

    /** A dot before each line that begins with one, the final dot after the last line; else octet for octet. */
    static byte[] encode(SignedMessage message) {
        int size = message.size();
        byte[] octets = octets(message);
        byte[] end = beginsLine(octets, size) ? DOT : CRLF_DOT;
        byte[] data = Arrays.copyOf(octets, size + dots(octets) + end.length);
        if (data.length > size + end.length) {
            stuff(octets, data);
        }
        System.arraycopy(end, 0, data, data.length - end.length, end.length);
        return data;
    }

    /** How many lines begin with a dot. Few mails have any: quoted-printable and base64 need none. */
    private static int dots(byte[] octets) {
        int dots = 0;
        for (int i = 0; i < octets.length; i++) {
            dots += octets[i] == '.' && beginsLine(octets, i) ? 1 : 0;
        }
        return dots;
    }

    private static void stuff(byte[] octets, byte[] data) {
        int size = 0;
        for (int i = 0; i < octets.length; i++) {
            if (octets[i] == '.' && beginsLine(octets, i)) {
                data[size++] = '.';
            }
            data[size++] = octets[i];
        }
    }

    /** The message as BDAT carries it, octet for octet; only a final CRLF is added, as DATA would. RFC 3030 §2. */
    static byte[] chunk(SignedMessage message) {
        byte[] octets = octets(message);
        if (beginsLine(octets, octets.length)) {
            return octets;
        }
        byte[] ended = Arrays.copyOf(octets, octets.length + 2);
        ended[octets.length] = '\r';
        ended[octets.length + 1] = '\n';
        return ended;
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

    private static byte[] octets(SignedMessage message) {
        byte[] octets = new byte[message.size()];
        message.octets().get(octets);
        return octets;
    }
}
