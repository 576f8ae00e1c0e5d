package dev.authmail.mail;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/** One text in its transfer encoding, quoted-printable or base64, whichever is shorter. RFC 2045 §6. */
final class TextPart {
    private static final Base64.Encoder BASE64 = Base64.getMimeEncoder(76, new byte[] {'\r', '\n'});

    private final byte[] octets;
    private final int quotedLength;
    private final int base64Length;

    TextPart(String text) {
        this.octets = canonical(text);
        this.quotedLength = QuotedPrintable.minLength(octets);
        this.base64Length = (octets.length + 2) / 3 * 4;
    }

    private boolean isQuoted() {
        return quotedLength <= base64Length;
    }

    /** About how many octets it takes: a little more, as a rule. */
    int room() {
        int encoded = Math.min(quotedLength, base64Length);
        return encoded + encoded / 16 + 128;
    }

    /** Writes header and body; the body's last line has no line end. */
    void write(String subtype, Octets out) {
        boolean quoted = isQuoted();
        out.addAscii("Content-Type: text/").addAscii(subtype).addAscii("; charset=utf-8\r\n");
        out.addAscii("Content-Transfer-Encoding: ").addAscii(quoted ? "quoted-printable" : "base64");
        out.crlf().crlf();
        if (quoted) {
            QuotedPrintable.encode(octets, out);
        } else {
            out.add(BASE64.encode(octets));
        }
    }

    /** Lines that end in CRLF, no other controls but TAB (RFC 2046 §4.1.1, RFC 5322 §2.3). In UTF-8. */
    static byte[] canonical(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        byte[] lines = new byte[utf8.length + lineFeeds(utf8)];
        int size = 0;
        int at = 0;
        while (at < utf8.length) {
            int length = controlAt(utf8, at);
            if (length == 0) {
                lines[size++] = utf8[at++];
                continue;
            }
            if (utf8[at] == '\r' || utf8[at] == '\n') {
                lines[size++] = '\r';
                lines[size++] = '\n';
            }
            at += length;
        }
        return size == lines.length ? lines : Arrays.copyOf(lines, size);
    }

    /** How many octets line ends may add: one for each CR or LF. */
    private static int lineFeeds(byte[] utf8) {
        int count = 0;
        for (byte octet : utf8) {
            count += octet == '\n' || octet == '\r' ? 1 : 0;
        }
        return count;
    }

    /** How many octets of a control character, or of a CRLF, stand there; 0 when it is another character. */
    private static int controlAt(byte[] utf8, int at) {
        byte octet = utf8[at];
        if (octet >= ' ' && octet != 0x7F || octet == '\t') {
            return 0;
        }
        boolean hasNext = at + 1 < utf8.length;
        if (octet < 0) {
            // U+0080 to U+009F, the other ISO controls.
            return octet == (byte) 0xC2 && hasNext && utf8[at + 1] < (byte) 0xA0 ? 2 : 0;
        }
        return octet == '\r' && hasNext && utf8[at + 1] == '\n' ? 2 : 1;
    }
}
