package dev.authmail.dns;

/**
 * Something that is wrong in a record or policy that a domain publishes.
 *
 * @param severity whether receivers will refuse it
 * @param position where it stands in the text, counted in characters from 0
 * @param what what is wrong there, a sentence without a full stop
 * @param mend what to write instead, a sentence without a full stop
 */
public record RecordProblem(Severity severity, int position, String what, String mend) {
    /** How bad it is. */
    public enum Severity {
        /** The record is not valid: receivers refuse or ignore it. */
        ERROR,
        /** The record is valid, but hardly what was meant, or not read alike by all. */
        WARNING
    }

    /** A problem that makes the record invalid. */
    public static RecordProblem error(int position, String what, String mend) {
        return new RecordProblem(Severity.ERROR, position, what, mend);
    }

    /** A problem that leaves the record valid. */
    public static RecordProblem warning(int position, String what, String mend) {
        return new RecordProblem(Severity.WARNING, position, what, mend);
    }

    /** Whether it makes the record invalid. */
    public boolean isError() {
        return severity == Severity.ERROR;
    }
}
