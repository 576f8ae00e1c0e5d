package dev.authmail.tlsreport;

import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * A report as it is sent. RFC 8460 §4.4, §5.
 *
 * @param id the reporter's name for it; no two are the same
 * @param day that it tells of, UTC
 * @param domain whose policies it tells of
 * @param gzip the JSON, compressed
 */
public record TlsReportFile(String id, LocalDate day, String domain, byte[] gzip) {
    /** The media type. RFC 8460 §6.4. */
    public static final String TYPE = "application/tlsrpt+gzip";

    /** The file name. RFC 8460 §5.1. */
    String name(String submitter) {
        long begin = day.atStartOfDay(ZoneOffset.UTC).toEpochSecond();
        long end = day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toEpochSecond() - 1;
        String unique = id.split("@", 2)[0];
        return submitter + "!" + domain + "!" + begin + "!" + end + "!" + unique + ".json.gz";
    }
}
