package dev.authmail.command;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Columns as wide as their widest cell, two blanks between them. */
final class TextTable {
    private TextTable() {}

    /** @param rows of as many cells each */
    static List<String> lines(List<List<String>> rows) {
        int columns = rows.getFirst().size();
        int[] widths = IntStream.range(0, columns)
                .map(c ->
                        rows.stream().mapToInt(row -> row.get(c).length()).max().orElse(0))
                .toArray();
        return rows.stream()
                .map(row -> IntStream.range(0, columns)
                        .mapToObj(c ->
                                row.get(c) + " ".repeat(widths[c] - row.get(c).length()))
                        .collect(Collectors.joining("  "))
                        .stripTrailing())
                .toList();
    }
}
