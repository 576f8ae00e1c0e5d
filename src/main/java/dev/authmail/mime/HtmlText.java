package dev.authmail.mime;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** HTML as a person reads it: lines of text. In one pass, without building a tree. */
final class HtmlText {
    private static final Set<String> BREAKS = Set.of(
            "br",
            "p",
            "/p",
            "div",
            "/div",
            "tr",
            "/tr",
            "li",
            "/li",
            "h1",
            "h2",
            "h3",
            "/h1",
            "/h2",
            "/h3",
            "table",
            "/table",
            "pre",
            "/pre",
            "hr",
            "ul",
            "ol",
            "/ul",
            "/ol",
            "blockquote",
            "title",
            "/title",
            "td",
            "/td");
    private static final Set<String> UNSEEN = Set.of("style", "script", "head");
    private static final Map<String, String> ENTITIES = Map.of(
            "amp", "&", "lt", "<", "gt", ">", "quot", "\"", "apos", "'", "nbsp", " ", "eacute", "é", "egrave", "è",
            "agrave", "à", "uuml", "ü");
    private static final int MAX_TAG = 2000;
    private static final int MAX_ENTITY = 10;

    private final String html;
    private final StringBuilder text;
    private int at;
    private boolean verbatim;

    private HtmlText(String html) {
        this.html = html;
        this.text = new StringBuilder(html.length());
    }

    static String of(String html) {
        HtmlText reader = new HtmlText(html);
        reader.read();
        return reader.text.toString();
    }

    private void read() {
        while (at < html.length()) {
            char c = html.charAt(at);
            if (c == '<') {
                tag();
            } else if (c == '&') {
                entity();
            } else {
                // In HTML a line's end is a space, except in pre.
                text.append(!verbatim && (c == '\n' || c == '\r') ? ' ' : c);
                at++;
            }
        }
    }

    private void tag() {
        if (html.startsWith("<!--", at)) {
            skipPast("-->");
            return;
        }
        int end = within(MAX_TAG, '>');
        if (end < 0) {
            text.append('<');
            at++;
            return;
        }
        String inside = html.substring(at + 1, end);
        at = end + 1;
        String name = inside.strip()
                .split("[\\s/>]", inside.startsWith("/") ? 3 : 2)[0]
                .toLowerCase(Locale.ROOT);
        if (inside.startsWith("/")) {
            name = "/" + inside.substring(1).strip().split("\\s", 2)[0].toLowerCase(Locale.ROOT);
        }
        if (inside.indexOf('@') > 0 && inside.indexOf(' ') < 0 && inside.indexOf('=') < 0) {
            // An address in angle brackets that nobody escaped.
            text.append('<').append(inside).append('>');
            return;
        }
        if (UNSEEN.contains(name)) {
            skipPast("</" + name);
            skipPast(">");
        }
        if (name.equals("pre") || name.equals("/pre")) {
            verbatim = name.equals("pre");
        }
        if (BREAKS.contains(name)) {
            text.append('\n');
        }
    }

    /** What is not closed goes to the end, as browsers see it; so no place is looked at twice. */
    private void skipPast(String close) {
        for (; at < html.length(); at++) {
            if (html.regionMatches(true, at, close, 0, close.length())) {
                at += close.length();
                return;
            }
        }
    }

    private int within(int limit, char wanted) {
        return html.indexOf(wanted, at, Math.min(html.length(), at + limit));
    }

    private void entity() {
        int end = within(MAX_ENTITY, ';');
        String decoded = end > at ? character(html.substring(at + 1, end)) : "";
        if (decoded.isEmpty()) {
            text.append('&');
            at++;
        } else {
            text.append(decoded);
            at = end + 1;
        }
    }

    private static String character(String name) {
        if (!name.startsWith("#")) {
            return ENTITIES.getOrDefault(name, "");
        }
        boolean hex = name.startsWith("#x") || name.startsWith("#X");
        try {
            int code = Integer.parseInt(name.substring(hex ? 2 : 1), hex ? 16 : 10);
            return Character.isValidCodePoint(code) && code >= ' ' ? Character.toString(code) : " ";
        } catch (NumberFormatException notANumber) {
            return "";
        }
    }
}
