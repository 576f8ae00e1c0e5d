package dev.authmail.reports;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** The text of an XML document that is hardly one: wrong encodings, control characters, bare ampersands. */
final class XmlText {
    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");
    // Not a character of XML 1.0 §2.2.
    private static final Pattern FORBIDDEN = Pattern.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\ufffe\\uffff]");
    private static final Pattern BARE_AMPERSAND =
            Pattern.compile("&(?!(?:amp|lt|gt|quot|apos|#[0-9]+|#x[0-9A-Fa-f]+);)");

    private XmlText() {}

    /** What the declaration says of the encoding is not believed: the octets show it. */
    static String of(byte[] octets) {
        String text = decode(octets);
        int start = text.indexOf('<');
        String visible = start < 0 ? text : text.substring(start);
        String plain = FORBIDDEN.matcher(visible).replaceAll(" ");
        return BARE_AMPERSAND.matcher(plain).replaceAll("&amp;");
    }

    /** The text, in UTF-8, UTF-16 or, when it is none of these, windows-1252. */
    static String decode(byte[] octets) {
        if (octets.length > 1 && (octets[0] == 0 || octets[1] == 0 || (octets[0] & octets[1]) == (byte) 0xfe)) {
            boolean little = octets[1] == 0 || octets[0] == (byte) 0xff;
            return new String(octets, little ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE);
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets))
                    .toString();
        } catch (CharacterCodingException e) {
            return new String(octets, WINDOWS_1252);
        }
    }
}
