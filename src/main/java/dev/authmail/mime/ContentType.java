package dev.authmail.mime;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A content type. RFC 2045 §5.
 *
 * @param type lower case, such as {@code text}
 * @param subtype lower case, such as {@code plain}
 * @param parameters what stands behind it
 */
public record ContentType(String type, String subtype, String parameters) {
    /** What a part without the field is. */
    public static final ContentType PLAIN = new ContentType("text", "plain", "");
    /** What a part of a {@code multipart/digest} without the field is. RFC 2046 §5.1.5. */
    static final ContentType MESSAGE = new ContentType("message", "rfc822", "");

    private static final int MAX_LENGTH = 2000;
    private static final Pattern FORM =
            Pattern.compile("\\s*([\\w.+-]{1,64})\\s*/\\s*([\\w.+-]{1,128})(.*)", Pattern.DOTALL);
    private static final Pattern PARAMETER =
            Pattern.compile("[;\\s]([\\w-]{1,40})\\*?(?:0\\*?)?\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*+)\"?|([^\\s;]*+))");

    /** Reads a value; one that is no content type is {@link #PLAIN}. */
    public static ContentType parse(String value) {
        Matcher form = FORM.matcher(value.length() > MAX_LENGTH ? value.substring(0, MAX_LENGTH) : value);
        if (!form.matches()) {
            return PLAIN;
        }
        return new ContentType(
                form.group(1).toLowerCase(Locale.ROOT), form.group(2).toLowerCase(Locale.ROOT), form.group(3));
    }

    /** Whether it is this one, written such as {@code message/rfc822}. */
    public boolean is(String name) {
        return name.equals(type + "/" + subtype);
    }

    /** The value of a parameter, without quotes. */
    public Optional<String> parameter(String name) {
        Matcher m = PARAMETER.matcher(parameters);
        while (m.find()) {
            if (m.group(1).equalsIgnoreCase(name)) {
                String value = m.group(2) == null ? m.group(3) : m.group(2).replaceAll("\\\\(.)", "$1");
                return Optional.of(value).filter(v -> !v.isEmpty());
            }
        }
        return Optional.empty();
    }
}
