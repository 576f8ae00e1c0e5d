package dev.authmail.tlsreport;

/** A report and one place where it goes. */
public record DueReport(TlsReportFile file, ReportDestination destination) {}
