package dev.authmail.delivery;

/** Every three characters in a row of a text, as bits: they say at once that a word is not in it, never that it is. */
final class Trigrams {
    private static final int BITS = 1 << 14;

    private final long[] bits = new long[BITS / Long.SIZE];

    Trigrams(String text) {
        for (int bit : of(text)) {
            bits[bit >> 6] |= 1L << bit;
        }
    }

    /** The bits of a word. */
    static int[] of(String word) {
        int[] found = new int[Math.max(0, word.length() - 2)];
        for (int i = 0; i < found.length; i++) {
            found[i] = bit(word.charAt(i), word.charAt(i + 1), word.charAt(i + 2));
        }
        return found;
    }

    /** False when the word with these bits is not in the text. */
    boolean mayHold(int[] word) {
        for (int bit : word) {
            if ((bits[bit >> 6] & 1L << bit) == 0) {
                return false;
            }
        }
        return true;
    }

    private static int bit(char a, char b, char c) {
        int hash = (a * 31 + b) * 31 + c;
        return (hash ^ hash >>> 14) & BITS - 1;
    }
}
