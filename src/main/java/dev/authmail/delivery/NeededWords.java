package dev.authmail.delivery;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Words of which a text holds one at least, when a regular expression is found in it: {@code fail} for {@code fail(ed|ure)},
 * {@code user} and {@code account} for {@code (user|account)\b}. Reads what rules are made of: words, groups, alternatives,
 * classes, repetitions; gives no words when there is anything else.
 */
final class NeededWords {
    private static final int SHORTEST = 3;

    private final String regex;
    private int at;

    private NeededWords(String regex) {
        this.regex = regex;
    }

    /** The words, each of three characters or more; none when nothing is known. */
    static List<String> of(String regex) {
        try {
            NeededWords reader = new NeededWords(regex);
            List<String> words = reader.alternatives();
            return reader.at == regex.length() ? words : List.of();
        } catch (UnsupportedOperationException | IndexOutOfBoundsException unknown) {
            return List.of();
        }
    }

    /** All alternatives' words together, or none when one of them has none. */
    private List<String> alternatives() {
        List<String> all = new ArrayList<>();
        boolean known = true;
        do {
            List<String> words = sequence();
            known &= !words.isEmpty();
            all.addAll(words);
        } while (take('|'));
        return known ? all : List.of();
    }

    /** Everything in a row must be there: the best of it is enough. */
    private List<String> sequence() {
        List<List<String>> candidates = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        while (at < regex.length() && regex.charAt(at) != '|' && regex.charAt(at) != ')') {
            List<String> atom = atom();
            boolean literal = atom.size() == 1 && atom.getFirst().length() == 1;
            char repetition = repetition();
            if (literal && repetition != '?') {
                word.append(atom.getFirst());
            }
            if (!literal || repetition != '1') {
                end(word, candidates);
            }
            if (!literal && repetition != '?' && !atom.isEmpty()) {
                candidates.add(atom);
            }
        }
        end(word, candidates);
        return candidates.stream()
                .max(Comparator.comparingInt(NeededWords::shortest).thenComparing(words -> -words.size()))
                .orElse(List.of());
    }

    private static void end(StringBuilder word, List<List<String>> candidates) {
        if (word.length() >= SHORTEST) {
            candidates.add(List.of(word.toString()));
        }
        word.setLength(0);
    }

    private static int shortest(List<String> words) {
        return words.stream().mapToInt(String::length).min().orElse(0);
    }

    /** One character, the words of a group, or nothing that is known. */
    private List<String> atom() {
        char c = regex.charAt(at++);
        return switch (c) {
            case '(' -> group();
            case '[' -> charClass();
            case '\\' -> escaped(regex.charAt(at++));
            case '.', '^', '$' -> List.of();
            case '*', '+', '?', '{' -> throw new UnsupportedOperationException("Nothing is repeated at " + at);
            default -> List.of(String.valueOf(c));
        };
    }

    private List<String> group() {
        boolean looksAround = false;
        if (take('?')) {
            looksAround = !take(':');
            if (looksAround) {
                take('<');
                if (!take('=') && !take('!')) {
                    throw new UnsupportedOperationException("A group of its own kind at " + at);
                }
            }
        }
        List<String> words = alternatives();
        if (!take(')')) {
            throw new UnsupportedOperationException("A group without an end");
        }
        return looksAround ? List.of() : words;
    }

    private List<String> charClass() {
        take('^');
        do {
            char c = regex.charAt(at++);
            if (c == '\\') {
                at++;
            } else if (c == '[' || c == '&') {
                throw new UnsupportedOperationException("A class in a class at " + at);
            }
        } while (regex.charAt(at) != ']');
        at++;
        return List.of();
    }

    private static List<String> escaped(char c) {
        if (!Character.isLetterOrDigit(c)) {
            return List.of(String.valueOf(c));
        }
        if ("bBdDsSwW".indexOf(c) < 0) {
            throw new UnsupportedOperationException("\\" + c);
        }
        return List.of();
    }

    /** {@code 1} for once, {@code +} for once or more, {@code ?} when it need not be there. */
    private char repetition() {
        char kind = '1';
        if (take('?') || take('*')) {
            kind = '?';
        } else if (take('+')) {
            kind = '+';
        } else if (take('{')) {
            kind = regex.charAt(at) == '0' ? '?' : '+';
            at = regex.indexOf('}', at) + 1;
        }
        if (kind != '1' && !take('?')) {
            take('+');
        }
        return kind;
    }

    private boolean take(char c) {
        boolean is = at < regex.length() && regex.charAt(at) == c;
        at += is ? 1 : 0;
        return is;
    }
}
