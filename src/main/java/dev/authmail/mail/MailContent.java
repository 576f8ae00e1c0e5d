package dev.authmail.mail;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a mail says, before it is a message.
 *
 * @param subject the subject; line breaks, control characters and runs of blanks become one space
 * @param text the plain text, any line ends, at most {@link #MAX_PART} UTF-16 code units
 * @param html the same in HTML
 * @param languageTag the language of both, BCP 47, or null when it is not known
 */
public record MailContent(
        String subject, String text, String html, @Nullable String languageTag) {
    /** How long text and HTML may be, in UTF-16 code units each. */
    public static final int MAX_PART = 512 * 1024;

    /** How long a subject may be, in UTF-16 code units. */
    public static final int MAX_SUBJECT = 500;

    private static final Pattern TAG = Pattern.compile("[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,4}");

    /** @throws IllegalArgumentException when a part is too long, the subject is empty, or the tag is none */
    public MailContent {
        subject = Characters.oneLine(subject);
        if (subject.isEmpty() || subject.length() > MAX_SUBJECT) {
            throw new IllegalArgumentException(
                    "A subject has 1 to " + MAX_SUBJECT + " characters, not " + subject.length());
        }
        if (text.length() > MAX_PART || html.length() > MAX_PART) {
            throw new IllegalArgumentException("Text or HTML is longer than " + MAX_PART + " characters");
        }
        if (languageTag != null && !TAG.matcher(languageTag).matches()) {
            throw new IllegalArgumentException("The language tag is not one of BCP 47, such as ja or en-GB");
        }
    }

    /** Without the contents: they hold the auth URL. */
    @Override
    public String toString() {
        return "MailContent[" + languageTag + "]";
    }
}
