package dev.authmail.mime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads octets in the charsets that mails come in, named well, badly or not at all. */
final class MailCharset {
    // What the label means in mails, where it means more than the registry says.
    private static final Map<String, String> MEANT = Map.ofEntries(
            Map.entry("us-ascii", ""),
            Map.entry("ascii", ""),
            Map.entry("unknown-8bit", ""),
            Map.entry("x-unknown", ""),
            Map.entry("iso-8859-1", "windows-1252"),
            Map.entry("latin1", "windows-1252"),
            Map.entry("shift_jis", "windows-31j"),
            Map.entry("shift-jis", "windows-31j"),
            Map.entry("x-sjis", "windows-31j"),
            Map.entry("sjis", "windows-31j"),
            Map.entry("cp932", "windows-31j"),
            Map.entry("iso-2022-jp", "x-windows-iso2022jp"),
            Map.entry("gb2312", "gb18030"),
            Map.entry("gbk", "gb18030"),
            Map.entry("x-gbk", "gb18030"),
            Map.entry("ks_c_5601-1987", "x-windows-949"),
            Map.entry("euc-kr", "x-windows-949"),
            Map.entry("iso-8859-8-i", "iso-8859-8"),
            Map.entry("utf8", "utf-8"),
            Map.entry("cp1251", "windows-1251"),
            Map.entry("cp1252", "windows-1252"));
    private static final int MAX_NAME = 40;

    private MailCharset() {}

    /**
     * The text; what cannot be read becomes U+FFFD.
     *
     * @param label the name of the charset as it stands in the mail, empty when none does
     */
    static String decode(byte[] octets, String label) {
        String name = label.strip().toLowerCase(Locale.ROOT);
        String meant = MEANT.getOrDefault(name, name);
        if (hasJapaneseEscape(octets)) {
            return named("x-windows-iso2022jp")
                    .orElse(UTF_8)
                    .decode(ByteBuffer.wrap(octets))
                    .toString();
        }
        if (meant.equals("utf-7") || meant.equals("unicode-1-1-utf-7")) {
            return Utf7.decode(new String(octets, ISO_8859_1));
        }
        return named(meant)
                .map(charset -> new String(octets, charset))
                .or(() -> strictUtf8(octets))
                .orElseGet(() -> new String(octets, named("windows-1252").orElse(ISO_8859_1)));
    }

    /** Without a label: UTF-8, and what is not UTF-8 as western Europe wrote it before. */
    static String decode(byte[] octets) {
        return decode(octets, "");
    }

    private static Optional<Charset> named(String name) {
        if (name.isEmpty() || name.length() > MAX_NAME) {
            return Optional.empty();
        }
        try {
            return Optional.of(Charset.forName(name));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            return Optional.empty();
        }
    }

    private static Optional<String> strictUtf8(byte[] octets) {
        try {
            return Optional.of(UTF_8.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(octets))
                    .toString());
        } catch (CharacterCodingException notUtf8) {
            return Optional.empty();
        }
    }

    /** ISO-2022-JP is often not labelled, or labelled as something else; its escapes tell it. RFC 1468. */
    private static boolean hasJapaneseEscape(byte[] octets) {
        for (int i = 0; i + 2 < octets.length; i++) {
            if (octets[i] == 0x1b && octets[i + 1] == '$' && (octets[i + 2] == 'B' || octets[i + 2] == '@')) {
                return true;
            }
        }
        return false;
    }
}
