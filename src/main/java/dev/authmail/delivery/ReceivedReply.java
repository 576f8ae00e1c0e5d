package dev.authmail.delivery;

import dev.authmail.smtp.EnhancedStatusCode;
import dev.authmail.smtp.SmtpPhase;
import dev.authmail.smtp.SmtpReply;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A reply as rules look at it.
 *
 * @param route the way it came
 * @param phase what it answers
 * @param host the name of the server, lower case
 * @param code the reply code
 * @param enhanced the enhanced code, if it begins with one
 * @param text on one line, bounded, the enhanced code only at its beginning, {@code @} for each address, a space for
 *     each underscore, {@code '} for each apostrophe
 * @param lower the text in lower case, character by character
 * @param trigrams what three characters in a row there are in lower case
 */
record ReceivedReply(
        Route route,
        SmtpPhase phase,
        String host,
        int code,
        Optional<String> enhanced,
        String text,
        String lower,
        Trigrams trigrams) {
    // Nobody says more than this to say what is wrong; a longer text is hostile.
    private static final int MAX_TEXT = 1000;
    private static final Pattern SPACE = Pattern.compile("[\\s\\p{Cc}]++");
    // What a person or a domain is called says nothing about the refusal: dmarc@, quota@.
    private static final Pattern ADDRESS =
            Pattern.compile("[^\\s<>()\\[\\]\"',:;=@]{1,64}+@[^\\s<>()\\[\\]\"',:;@]{0,254}[^\\s<>()\\[\\]\"',:;@.]");

    static ReceivedReply of(Route route, SmtpPhase phase, String host, SmtpReply reply) {
        Optional<String> enhanced = reply.enhanced().map(EnhancedStatusCode::toString);
        String text = readable(reply.lines(), enhanced);
        String lower = lower(text);
        return new ReceivedReply(
                route, phase, host.toLowerCase(Locale.ROOT), reply.code(), enhanced, text, lower, new Trigrams(lower));
    }

    boolean isTransient() {
        return code >= 400 && code < 500;
    }

    /** As long as the text, which {@link String#toLowerCase} does not promise. */
    private static String lower(String text) {
        char[] chars = text.toCharArray();
        for (int i = 0; i < chars.length; i++) {
            chars[i] = Character.toLowerCase(chars[i]);
        }
        return new String(chars);
    }

    /** RFC 2034 §4 repeats the enhanced code on every line, in the middle of sentences that a rule looks for. */
    private static String readable(List<String> lines, Optional<String> enhanced) {
        StringBuilder text = new StringBuilder();
        for (String line : lines) {
            boolean repeats =
                    !text.isEmpty() && enhanced.filter(line::startsWith).isPresent();
            text.append(text.isEmpty() ? "" : " ")
                    .append(repeats ? line.substring(enhanced.orElseThrow().length()) : line);
            if (text.length() > MAX_TEXT) {
                text.setLength(MAX_TEXT);
                break;
            }
        }
        String plain =
                SPACE.matcher(text).replaceAll(" ").replace('\u2019', '\'').replace('_', ' ');
        return ADDRESS.matcher(plain).replaceAll("@");
    }
}
