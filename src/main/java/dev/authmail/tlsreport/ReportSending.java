package dev.authmail.tlsreport;

/** What came of sending one report. */
public sealed interface ReportSending {
    /** It has arrived. */
    record Arrived() implements ReportSending {}

    /** It may have arrived: a second one of the same sessions could be counted twice. */
    record Uncertain(String detail) implements ReportSending {}

    /** It has not arrived, and may later. */
    record NotNow(String detail) implements ReportSending {}

    /** It was refused for good. */
    record Refused(String detail) implements ReportSending {}
}
