package dev.authmail.lint;

import dev.authmail.mime.HeaderFields;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The mailboxes of a From, To or Reply-To field. RFC 5322 §3.4. */
final class Mailboxes {
    private Mailboxes() {}

    /**
     * One mailbox.
     *
     * @param name as shown, decoded; empty when there is none
     * @param address without angle brackets
     */
    record Mailbox(String name, String address) {
        /** What stands behind the @; empty when nothing does. */
        String domain() {
            int at = address.lastIndexOf('@');
            return at < 0 ? "" : address.substring(at + 1);
        }
    }

    /** Reads a list; comments are left out, and the name of a group. */
    static List<Mailbox> of(String value) {
        List<Mailbox> mailboxes = new ArrayList<>();
        for (String part : split(utf8(value))) {
            if (!part.isBlank()) {
                mailboxes.add(mailbox(part.strip()));
            }
        }
        return mailboxes;
    }

    private static String utf8(String value) {
        return new String(value.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    private static Mailbox mailbox(String text) {
        int open = text.lastIndexOf('<');
        if (open < 0) {
            return new Mailbox("", text);
        }
        int close = text.indexOf('>', open);
        String address =
                text.substring(open + 1, close < 0 ? text.length() : close).strip();
        String name = text.substring(0, open).strip();
        if (name.length() > 1 && name.startsWith("\"") && name.endsWith("\"")) {
            name = name.substring(1, name.length() - 1).replaceAll("\\\\(.)", "$1");
        }
        return new Mailbox(decoded(name), address);
    }

    static String decoded(String text) {
        return new HeaderFields(List.of(new HeaderFields.Field("Name", text)))
                .text("Name")
                .orElse("");
    }

    /** At commas, and the colon and semicolon of groups, outside quotes, comments and angle brackets. */
    private static List<String> split(String value) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        boolean quoted = false;
        int comments = 0;
        boolean angle = false;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\\' && (quoted || comments > 0)) {
                part.append(comments > 0 ? "" : value.substring(i, Math.min(i + 2, value.length())));
                i++;
                continue;
            }
            quoted ^= c == '"' && comments == 0;
            comments += !quoted && c == '(' ? 1 : 0;
            boolean plain = !quoted && comments == 0;
            angle = plain && c == '<' || angle && !(plain && c == '>');
            if (plain && !angle && (c == ',' || c == ';')) {
                parts.add(part.toString());
                part.setLength(0);
            } else if (plain && !angle && c == ':') {
                part.setLength(0);
            } else if (comments == 0) {
                part.append(c);
            }
            comments -= !quoted && c == ')' && comments > 0 ? 1 : 0;
        }
        parts.add(part.toString());
        return parts;
    }
}
