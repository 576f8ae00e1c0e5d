package dev.authmail.mail;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** One text in its transfer encoding, quoted-printable or base64, whichever is shorter. RFC 2045 §6. */
final class TextPart {
    private static final Base64.Encoder BASE64 = Base64.getMimeEncoder(76, new byte[] {'\r', '\n'});

    private TextPart() {}

    /** Writes header and body; the body's last line has no line end. */
    static void write(String subtype, String text, Octets out) {
        byte[] octets = canonical(text);
        int base64 = (octets.length + 2) / 3 * 4;
        boolean quoted = QuotedPrintable.minLength(octets) <= base64;
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
        Octets lines = new Octets(utf8.length + utf8.length / 16 + 64);
        int start = 0;
        int at = 0;
        while (at < utf8.length) {
            int length = controlAt(utf8, at);
            if (length == 0) {
                at++;
                continue;
            }
            lines.add(utf8, start, at - start);
            if (utf8[at] == '\r' || utf8[at] == '\n') {
                lines.crlf();
            }
            at += length;
            start = at;
        }
        return lines.add(utf8, start, utf8.length - start).toArray();
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
