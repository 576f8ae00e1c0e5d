package dev.authmail.bounce;

import dev.authmail.bounce.BounceRules.Mark;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The words of a notice, and below them what it quotes of the returned message.
 *
 * @param lines of the notice, bounded in number and length; those that repeat a field of our mail are blank
 * @param quoted the lines below
 */
record NoticeText(List<String> lines, List<String> quoted) {
    private static final int MAX_LINES = 300;
    private static final int MAX_QUOTED = 500;
    // Who has more to say than this does not say what is wrong.
    private static final int MAX_WORDS = 6000;
    private static final int MAX_LINE = 1000;

    NoticeText {
        lines = List.copyOf(lines);
        quoted = List.copyOf(quoted);
    }

    static NoticeText of(String text, BounceRules rules) {
        List<String> lines = new ArrayList<>();
        List<String> quoted = new ArrayList<>();
        boolean below = false;
        for (String raw : (Iterable<String>) text.lines().limit(MAX_LINES + MAX_QUOTED)::iterator) {
            String line = raw.length() > MAX_LINE ? raw.substring(0, MAX_LINE) : raw;
            below = below || hasWords(lines) && rules.isIn(Mark.RETURNED_LINE, line);
            if (below) {
                quoted.add(line);
            } else if (lines.size() < MAX_LINES) {
                lines.add(rules.isIn(Mark.OUR_FIELD, line) ? "" : line);
            }
        }
        return new NoticeText(lines, quoted);
    }

    private static boolean hasWords(List<String> lines) {
        return lines.stream().anyMatch(l -> !l.isBlank());
    }

    /** The words of the notice. */
    String words() {
        return words(0, lines.size());
    }

    /** The words of some lines, in one line. */
    String words(int from, int to) {
        String words = lines.subList(from, to).stream()
                .map(String::strip)
                .filter(l -> !l.isEmpty())
                .collect(Collectors.joining(" "));
        return words.length() > MAX_WORDS ? words.substring(0, MAX_WORDS) : words;
    }
}
