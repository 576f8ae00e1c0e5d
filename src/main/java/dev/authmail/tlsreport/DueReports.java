package dev.authmail.tlsreport;

import dev.authmail.dns.Dns;
import dev.authmail.dns.DnsAnswer;
import dev.authmail.tlsrpt.ParsedTlsRptRecord;
import dev.authmail.tlsrpt.TlsRptRecord;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The reports of days that are over, for the domains that ask for them. */
public final class DueReports implements Supplier<List<DueReport>> {
    private static final int MAX_DESTINATIONS = 3;

    private final TlsSessions sessions;
    private final UnsentReports unsent;
    private final Dns dns;
    private final TlsReportWriter writer;

    /**
     * @param sessions what was counted
     * @param unsent reports that have not arrived
     * @param dns knows who wants reports
     * @param reporter who reports
     * @param random makes ids that no other report has
     */
    public DueReports(TlsSessions sessions, UnsentReports unsent, Dns dns, Reporter reporter, SecureRandom random) {
        this.sessions = sessions;
        this.unsent = unsent;
        this.dns = dns;
        this.writer = new TlsReportWriter(reporter, random);
    }

    /** Each is handed out once, and again as long as it has not arrived. */
    @Override
    public List<DueReport> get() {
        return Stream.concat(
                        unsent.due().stream(), sessions.takeEnded().stream().flatMap(this::reports))
                .toList();
    }

    private Stream<DueReport> reports(DomainDay seen) {
        List<ReportDestination> destinations = destinations(seen.domain());
        if (destinations.isEmpty()) {
            return Stream.empty();
        }
        TlsReportFile file = writer.write(seen);
        return destinations.stream().map(destination -> new DueReport(file, destination));
    }

    private List<ReportDestination> destinations(String domain) {
        return switch (dns.txt(TlsRptRecord.LABEL + "." + domain)) {
            case DnsAnswer.Found<String> found -> destinations(found.records());
            case DnsAnswer.NoData<String> none -> List.of();
            case DnsAnswer.NoSuchName<String> none -> List.of();
            case DnsAnswer.Failed<String> failed -> List.of();
        };
    }

    private static List<ReportDestination> destinations(List<String> texts) {
        return switch (TlsRptRecord.ofAll(texts)) {
            case ParsedTlsRptRecord.Invalid invalid -> List.of();
            case ParsedTlsRptRecord.Valid(TlsRptRecord record) ->
                record.rua().stream()
                        .map(ReportDestination::of)
                        .flatMap(Optional::stream)
                        .limit(MAX_DESTINATIONS)
                        .toList();
        };
    }
}
