package dev.authmail.mime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Decodes encoded words in header fields. RFC 2047. */
final class EncodedWordDecoder {
    private static final Pattern WORD =
            Pattern.compile("=\\?([\\w.:+-]{1,40})(?:\\*[\\w-]{0,40})?\\?([BbQq])\\?([^?]*+)\\?=");

    private EncodedWordDecoder() {}

    static String decode(String value) {
        if (!value.contains("=?")) {
            return value;
        }
        StringBuilder text = new StringBuilder();
        // Words of one charset are joined before they are decoded: writers cut in the middle of a character.
        ByteArrayOutputStream pending = new ByteArrayOutputStream();
        String charset = "";
        Matcher word = WORD.matcher(value);
        int end = 0;
        while (word.find()) {
            String between = value.substring(end, word.start());
            boolean follows = end > 0 && between.isBlank();
            if (!follows || !word.group(1).equalsIgnoreCase(charset)) {
                text.append(MailCharset.decode(pending.toByteArray(), charset));
                pending.reset();
            }
            text.append(follows ? "" : between);
            charset = word.group(1);
            pending.writeBytes(octets(word.group(2), word.group(3)));
            end = word.end();
        }
        return text.append(MailCharset.decode(pending.toByteArray(), charset))
                .append(value.substring(end))
                .toString();
    }

    private static byte[] octets(String encoding, String encoded) {
        return encoding.equalsIgnoreCase("b")
                ? TransferEncoding.base64(encoded.getBytes(ISO_8859_1))
                : TransferEncoding.quotedPrintable(encoded.replace('_', ' ').getBytes(ISO_8859_1));
    }
}
