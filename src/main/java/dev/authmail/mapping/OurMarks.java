package dev.authmail.mapping;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * What in a report has the form of a mark of ours, wherever it stands: providers name the fields of a mail as they like, and
 * some hand over its whole header. The MAC tells whether it is one.
 *
 * @param senders addresses that look like an envelope sender of ours, each once
 * @param messageId the first that looks like a Message-ID of ours
 */
record OurMarks(List<String> senders, Optional<String> messageId) {
    private static final int MOST_SENDERS = 20;
    private static final Pattern SENDER = Pattern.compile("(?i)[\\w.-]{1,64}+\\+[a-z2-7]{47}@[\\w.-]{1,255}");
    private static final Pattern MESSAGE_ID = Pattern.compile("(?i)(?<![\\w+.-])[a-z2-7]{44}@[\\w.-]{1,255}");

    static OurMarks in(JsonNode report) {
        Set<String> senders = new LinkedHashSet<>();
        Set<String> ids = new LinkedHashSet<>();
        collect(report, senders, ids);
        return new OurMarks(List.copyOf(senders), ids.stream().findFirst());
    }

    private static void collect(JsonNode node, Set<String> senders, Set<String> ids) {
        if (node.isString()) {
            find(SENDER, node.stringValue(), senders, MOST_SENDERS);
            find(MESSAGE_ID, node.stringValue(), ids, 1);
        }
        node.valueStream().forEach(child -> collect(child, senders, ids)); // no deeper than StrictJson lets it be
    }

    private static void find(Pattern form, String text, Set<String> found, int most) {
        Matcher m = form.matcher(text);
        while (found.size() < most && m.find()) {
            found.add(m.group());
        }
    }
}
