package dev.authmail.records;

import dev.authmail.dns.RecordProblem;
import java.util.List;
import java.util.Map;

/**
 * What became of reading a record or policy.
 *
 * @param problems what is wrong with it
 * @param values what it says, as far as it could be read: texts, numbers, booleans and lists of texts
 */
public record CheckedRecord(List<RecordProblem> problems, Map<String, Object> values) {
    public CheckedRecord {
        problems = List.copyOf(problems);
    }

    /** Whether it obeys its grammar. */
    public boolean isValid() {
        return problems.stream().noneMatch(RecordProblem::isError);
    }
}
