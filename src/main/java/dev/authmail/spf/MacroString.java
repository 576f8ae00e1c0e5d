package dev.authmail.spf;

import java.util.List;

/**
 * A text with macros in it. RFC 7208 §7.
 *
 * @param endsInExpand whether its last piece began with a percent sign, so that its last label is not written here
 */
record MacroString(List<Part> parts, boolean endsInExpand) {
    MacroString {
        parts = List.copyOf(parts);
    }

    /** A piece of it. */
    sealed interface Part {}

    /** Stands for itself; {@code %%}, {@code %_} and {@code %-} are such. §7.1. */
    record Literal(String text) implements Part {}

    /**
     * Stands for a value. §7.1.
     *
     * @param letter in lower case
     * @param escaped whether the value is percent-encoded, for the letter was upper case
     * @param parts how many parts from the right are kept; 0 for all
     * @param reversed whether the parts come in reverse order
     * @param delimiters at which of these characters the value is split
     */
    record Macro(char letter, boolean escaped, int parts, boolean reversed, String delimiters) implements Part {}

    boolean uses(String letters) {
        return parts.stream().anyMatch(part -> part instanceof Macro macro && letters.indexOf(macro.letter()) >= 0);
    }
}
