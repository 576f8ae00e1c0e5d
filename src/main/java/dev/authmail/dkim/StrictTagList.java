package dev.authmail.dkim;

import dev.authmail.dns.RecordProblem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A {@code tag=value;} list read by the letter, with the place of each tag. RFC 6376 §3.2. {@link TagList} is what a
 * verifier reads, and milder.
 *
 * @param tags in the order written, the first when one occurs twice
 */
record StrictTagList(Map<String, Tag> tags) {
    private static final Pattern TAG = Pattern.compile(
            "[ \\t\\r\\n]*([A-Za-z][A-Za-z0-9_]*)[ \\t\\r\\n]*=[ \\t\\r\\n]*(.*?)[ \\t\\r\\n]*", Pattern.DOTALL);

    /**
     * One tag.
     *
     * @param at where its name stands
     * @param valueAt where its value does
     */
    record Tag(int at, String value, int valueAt) {}

    /**
     * Reads a list.
     *
     * @param offset where the text stands in what is shown to people
     * @param problems takes what is wrong
     */
    static StrictTagList parse(String text, int offset, List<RecordProblem> problems) {
        Map<String, Tag> tags = new LinkedHashMap<>();
        int at = 0;
        while (at <= text.length()) {
            int end = text.indexOf(';', at);
            boolean last = end < 0;
            String element = text.substring(at, last ? text.length() : end);
            Matcher tag = TAG.matcher(element);
            if (tag.matches()) {
                Tag found = new Tag(offset + at + tag.start(1), tag.group(2), offset + at + tag.start(2));
                if (tags.putIfAbsent(tag.group(1), found) != null) {
                    problems.add(RecordProblem.error(found.at(), tag.group(1) + "= occurs twice", "keep one"));
                }
            } else if (!element.isBlank() || !last) {
                problems.add(RecordProblem.error(offset + at, "not a tag with a value", "write such as v=DKIM1;"));
            }
            at = last ? text.length() + 1 : end + 1;
        }
        return new StrictTagList(tags);
    }

    /** Where the value of a tag stands; the end of the text when there is none. */
    int valueAt(String name, int otherwise) {
        Tag tag = tags.get(name);
        return tag == null ? otherwise : tag.valueAt();
    }

    String value(String name, String otherwise) {
        Tag tag = tags.get(name);
        return tag == null ? otherwise : tag.value();
    }

    boolean has(String name) {
        return tags.containsKey(name);
    }
}
