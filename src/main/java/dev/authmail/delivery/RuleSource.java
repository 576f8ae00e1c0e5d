package dev.authmail.delivery;

/**
 * Where a rule stands.
 *
 * @param file its name
 * @param line from 1
 */
public record RuleSource(String file, int line) {
    @Override
    public String toString() {
        return file + ":" + line;
    }
}
