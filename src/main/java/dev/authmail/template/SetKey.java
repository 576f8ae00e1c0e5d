package dev.authmail.template;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names the templates of one purpose in one language.
 *
 * @param tag BCP 47, as in the file name
 */
record SetKey(String purpose, String tag) {
    private static final Pattern PATH = Pattern.compile(
            "([a-z0-9-]{1,32})/(?:(?:subject|text)_([A-Za-z0-9-]{2,35})\\.ftl|html_([A-Za-z0-9-]{2,35})\\.ftlh)");

    /** Which set a file belongs to, if it is one of the three of a set. */
    static Optional<SetKey> of(String path) {
        Matcher matcher = PATH.matcher(path);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String tag = matcher.group(2) == null ? matcher.group(3) : matcher.group(2);
        return Optional.of(new SetKey(matcher.group(1), tag));
    }

    @Override
    public String toString() {
        return purpose + " in " + tag;
    }
}
