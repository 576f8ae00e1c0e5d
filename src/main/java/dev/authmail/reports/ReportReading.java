package dev.authmail.reports;

/** What became of reading one document of a file or mail. */
public sealed interface ReportReading {
    /** What it came in, such as {@code eml+gzip}. */
    String container();

    /** A DMARC aggregate report. */
    record Aggregate(String container, AggregateReport report) implements ReportReading {}

    /** A TLS report. */
    record Tls(String container, TlsReport report) implements ReportReading {}

    /**
     * No report, or one that cannot be read.
     *
     * @param reason a sentence without a full stop
     */
    record Unreadable(String container, String reason) implements ReportReading {}
}
