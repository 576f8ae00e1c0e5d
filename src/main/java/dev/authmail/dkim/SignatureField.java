package dev.authmail.dkim;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Writes a DKIM-Signature field, folded at 78 columns, {@code b=} last. RFC 6376 §3.5, RFC 5322 §2.1.1. */
final class SignatureField {
    private static final int MAX_COLUMNS = 78;

    private final StringBuilder text = new StringBuilder("DKIM-Signature:");
    private int column = text.length();

    private SignatureField() {}

    /** The field up to and with {@code b=}, without a CRLF. */
    static SignatureField unsigned(DkimKey key, List<String> names, String bodyHash, long time, Optional<Long> expiry) {
        SignatureField field = new SignatureField();
        field.word(" v=1;")
                .word(" a=" + key.algorithm().tag() + ";")
                .word(" c=relaxed/relaxed;")
                .word(" d=" + key.domain() + ";")
                .word(" s=" + key.selector() + ";")
                .word(" t=" + time + ";");
        expiry.ifPresent(x -> field.word(" x=" + x + ";"));
        field.names(names).word(" bh=" + bodyHash + ";").word(" b=");
        return field;
    }

    private SignatureField names(List<String> names) {
        for (int i = 0; i < names.size(); i++) {
            word((i == 0 ? " h=" : "") + names.get(i) + (i == names.size() - 1 ? ";" : ":"));
        }
        return this;
    }

    /** A word that stays whole; a fold before it stands for the space that it may begin with. */
    private SignatureField word(String word) {
        if (column + word.length() > MAX_COLUMNS) {
            text.append("\r\n ");
            column = 1;
            return word(word.stripLeading(), 0);
        }
        return word(word, 0);
    }

    private SignatureField word(String word, int from) {
        text.append(word, from, word.length());
        column += word.length() - from;
        return this;
    }

    byte[] octets() {
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** The finished field with its CRLF: the signature, which may be folded anywhere, and nothing after it. */
    String signed(String signature) {
        int at = 0;
        while (at < signature.length()) {
            if (column >= MAX_COLUMNS) {
                text.append("\r\n ");
                column = 1;
            }
            int end = Math.min(signature.length(), at + MAX_COLUMNS - column);
            text.append(signature, at, end);
            column += end - at;
            at = end;
        }
        return text.append("\r\n").toString();
    }
}
