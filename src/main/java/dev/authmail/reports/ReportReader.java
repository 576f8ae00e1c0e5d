package dev.authmail.reports;

import java.util.List;

/** Reads reports out of files and mails. Never fails for what they hold. Thread-safe. */
public final class ReportReader {
    private final UnpackLimits limits;

    /** @param limits what is unpacked at most */
    public ReportReader(UnpackLimits limits) {
        this.limits = limits;
    }

    /** Every report in a file or mail; at least one entry, if only to say that there is none. */
    public List<ReportReading> read(byte[] octets) {
        return Unpacker.unpack(octets, limits).stream().map(ReportReader::read).toList();
    }

    private static ReportReading read(Unpacked document) {
        return switch (document) {
            case Unpacked.Xml xml -> AggregateReportReader.read(xml.container(), xml.octets());
            case Unpacked.Json json -> TlsReportReader.read(json.container(), json.octets());
            case Unpacked.Unusable unusable -> new ReportReading.Unreadable(unusable.container(), unusable.reason());
        };
    }
}
