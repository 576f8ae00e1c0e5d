package dev.authmail.mail;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** One text in its transfer encoding, quoted-printable or base64, whichever is shorter. RFC 2045 §6. */
final class TextPart {
    private static final Base64.Encoder BASE64 = Base64.getMimeEncoder(76, new byte[] {'\r', '\n'});

    private TextPart() {}

    /** Writes header and body; the body's last line has no line end. */
    static void write(String subtype, String text, Octets out) {
        byte[] octets = canonical(text).getBytes(StandardCharsets.UTF_8);
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

    /** Lines that end in CRLF, no other controls but TAB (RFC 2046 §4.1.1, RFC 5322 §2.3). */
    static String canonical(String text) {
        StringBuilder lines = new StringBuilder(text.length() + 256);
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\t' || !Character.isISOControl(c)) {
                continue;
            }
            lines.append(text, start, i);
            if (c == '\r' || c == '\n') {
                lines.append("\r\n");
                i += c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n' ? 1 : 0;
            }
            start = i + 1;
        }
        return lines.append(text, start, text.length()).toString();
    }
}
