package dev.authmail.records;

import dev.authmail.address.MailAddress;
import dev.authmail.address.ParsedAddress;
import dev.authmail.dmarc.DmarcRecord;
import dev.authmail.dns.RecordProblem;
import dev.authmail.spf.SpfRecord;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Records whose readers tell the place of every problem. */
final class SimpleRecords {
    private SimpleRecords() {}

    static CheckedRecord dmarc(String text) {
        DmarcRecord.Reading reading = DmarcRecord.parse(text);
        Map<String, Object> values = new LinkedHashMap<>();
        reading.record().ifPresent(record -> {
            values.put("p", record.policy().word());
            values.put("sp", record.subdomainPolicy().word());
            values.put("np", record.nonexistentSubdomainPolicy().word());
            values.put("adkim", record.dkimAlignment() == DmarcRecord.Alignment.STRICT ? "s" : "r");
            values.put("aspf", record.spfAlignment() == DmarcRecord.Alignment.STRICT ? "s" : "r");
            values.put("t", record.isTesting() ? "y" : "n");
            values.put("psd", record.psd().tag());
            values.put("rua", record.aggregateReportUris());
            values.put("ruf", record.failureReportUris());
        });
        return new CheckedRecord(reading.problems(), values);
    }

    static CheckedRecord spf(String text) {
        SpfRecord.Reading reading = SpfRecord.parse(text);
        Map<String, Object> values = new LinkedHashMap<>();
        reading.record().ifPresent(record -> {
            values.put("terms", record.terms());
            values.put("lookups", record.lookups());
        });
        return new CheckedRecord(reading.problems(), values);
    }

    static CheckedRecord address(String text) {
        return switch (MailAddress.parse(text)) {
            case ParsedAddress.Valid valid ->
                new CheckedRecord(
                        List.of(),
                        Map.of(
                                "domain", valid.address().domain().ascii(),
                                "needsSmtpUtf8", valid.address().needsSmtpUtf8()));
            case ParsedAddress.Invalid invalid ->
                new CheckedRecord(
                        List.of(RecordProblem.error(0, "the address " + invalid.rule(), "see RFC 5321 §4.1.2")),
                        Map.of());
        };
    }
}
