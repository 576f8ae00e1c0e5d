package dev.authmail.page;

import java.util.List;

/**
 * A part of the page.
 *
 * @param heading above it
 * @param columns headings of the columns
 * @param rows cells in the order of the columns
 * @param nothing what is said when there is no row
 */
public record Table(String heading, List<String> columns, List<List<String>> rows, String nothing) {
    public Table {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }
}
