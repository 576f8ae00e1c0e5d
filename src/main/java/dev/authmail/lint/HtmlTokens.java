package dev.authmail.lint;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** HTML cut into tags and texts, as far as mails need it; comments, also Outlook's conditional ones, are left out. */
final class HtmlTokens {
    private static final Pattern TAG =
            Pattern.compile("<(/?)([A-Za-z][A-Za-z0-9:-]*)((?:[^>\"']|\"[^\"]*\"|'[^']*')*+)>", Pattern.DOTALL);
    private static final Pattern ATTRIBUTE =
            Pattern.compile("([^\\s=/\"'>]+)(?:\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)'|([^\\s\"'>]+)))?");
    private static final Set<String> RAW = Set.of("style", "script", "title");

    private final String html;
    private final List<Token> tokens = new ArrayList<>();

    private HtmlTokens(String html) {
        this.html = html;
    }

    /** A piece of HTML. */
    sealed interface Token {}

    /** Words between tags, entities as they stand. */
    record Text(String text) implements Token {}

    /** A tag that opens. */
    record Open(String name, Map<String, String> attributes, boolean selfClosed) implements Token {
        String attribute(String attribute) {
            return attributes.getOrDefault(attribute, "");
        }
    }

    /** A tag that closes. */
    record Close(String name) implements Token {}

    static List<Token> of(String html) {
        HtmlTokens scanner = new HtmlTokens(html);
        scanner.scan();
        return scanner.tokens;
    }

    private void scan() {
        Matcher tag = TAG.matcher(html);
        int at = 0;
        while (at < html.length()) {
            int open = html.indexOf('<', at);
            if (open < 0) {
                break;
            }
            text(at, open);
            if (html.startsWith("<!--", open)) {
                at = past("-->", open);
            } else if (html.startsWith("<!", open) || html.startsWith("<?", open)) {
                at = past(">", open);
            } else if (tag.region(open, html.length()).lookingAt()) {
                at = tag(tag);
            } else {
                text(open, open + 1);
                at = open + 1;
            }
        }
        text(at, html.length());
    }

    private int past(String end, int from) {
        int at = html.indexOf(end, from);
        return at < 0 ? html.length() : at + end.length();
    }

    private void text(int from, int to) {
        if (to > from && from < html.length()) {
            tokens.add(new Text(html.substring(from, Math.min(to, html.length()))));
        }
    }

    private int tag(Matcher tag) {
        String name = tag.group(2).toLowerCase(Locale.ROOT);
        if (!tag.group(1).isEmpty()) {
            tokens.add(new Close(name));
            return tag.end();
        }
        tokens.add(new Open(name, attributes(tag.group(3)), tag.group(3).endsWith("/")));
        if (!RAW.contains(name)) {
            return tag.end();
        }
        int close = html.toLowerCase(Locale.ROOT).indexOf("</" + name, tag.end());
        text(tag.end(), close < 0 ? html.length() : close);
        return close < 0 ? html.length() : close;
    }

    private static Map<String, String> attributes(String text) {
        Map<String, String> attributes = new LinkedHashMap<>();
        Matcher m = ATTRIBUTE.matcher(text);
        while (m.find()) {
            String value = m.group(2) != null ? m.group(2) : m.group(3) != null ? m.group(3) : m.group(4);
            attributes.putIfAbsent(m.group(1).toLowerCase(Locale.ROOT), value == null ? "" : value);
        }
        return attributes;
    }
}
