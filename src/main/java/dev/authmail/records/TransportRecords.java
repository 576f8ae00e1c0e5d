package dev.authmail.records;

import dev.authmail.dns.RecordProblem;
import dev.authmail.mtasts.MxPattern;
import dev.authmail.mtasts.ParsedStsPolicy;
import dev.authmail.mtasts.ParsedStsRecord;
import dev.authmail.mtasts.StsPolicy;
import dev.authmail.mtasts.StsRecord;
import dev.authmail.tlsrpt.ParsedTlsRptRecord;
import dev.authmail.tlsrpt.TlsRptRecord;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Records about TLS. Their readers tell a rule; the place is that of the first piece that breaks it. */
final class TransportRecords {
    private static final String STS_MEND = "write such as v=STSv1; id=20260101T000000";
    private static final String POLICY_MEND =
            "write lines version: STSv1, mode: enforce, mx: mail.example.com, max_age: 604800";
    private static final String RPT_MEND = "write such as v=TLSRPTv1; rua=mailto:tls-reports@example.com";

    private TransportRecords() {}

    static CheckedRecord stsRecord(String text) {
        return switch (StsRecord.parse(text)) {
            case ParsedStsRecord.Valid valid ->
                valid(Map.of("id", valid.record().id()));
            case ParsedStsRecord.Invalid invalid ->
                invalid("the record " + invalid.rule(), STS_MEND, text, ';', TransportRecords::ruleOfSts);
        };
    }

    private static Optional<String> ruleOfSts(String text) {
        return StsRecord.parse(text) instanceof ParsedStsRecord.Invalid(String rule)
                ? Optional.of(rule)
                : Optional.empty();
    }

    static CheckedRecord stsPolicy(String text) {
        return switch (StsPolicy.parse(text)) {
            case ParsedStsPolicy.Valid valid -> valid(values(valid.policy()));
            case ParsedStsPolicy.Invalid invalid ->
                invalid("the policy " + invalid.rule(), POLICY_MEND, text, '\n', TransportRecords::ruleOfPolicy);
        };
    }

    private static Map<String, Object> values(StsPolicy policy) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("mode", policy.mode().name().toLowerCase(Locale.ROOT));
        values.put("maxAge", policy.maxAge().toSeconds());
        values.put("mx", policy.mx().stream().map(MxPattern::text).toList());
        return values;
    }

    private static Optional<String> ruleOfPolicy(String text) {
        return StsPolicy.parse(text) instanceof ParsedStsPolicy.Invalid(String rule)
                ? Optional.of(rule)
                : Optional.empty();
    }

    static CheckedRecord tlsRpt(String text) {
        return switch (TlsRptRecord.parse(text)) {
            case ParsedTlsRptRecord.Valid valid ->
                valid(Map.of(
                        "rua", valid.record().rua().stream().map(URI::toString).toList()));
            case ParsedTlsRptRecord.Invalid invalid ->
                invalid("the record " + invalid.rule(), RPT_MEND, text, ';', TransportRecords::ruleOfRpt);
        };
    }

    private static Optional<String> ruleOfRpt(String text) {
        return TlsRptRecord.parse(text) instanceof ParsedTlsRptRecord.Invalid(String rule)
                ? Optional.of(rule)
                : Optional.empty();
    }

    private static CheckedRecord valid(Map<String, Object> values) {
        return new CheckedRecord(List.of(), values);
    }

    private static CheckedRecord invalid(
            String what, String mend, String text, char separator, Function<String, Optional<String>> ruleOf) {
        return new CheckedRecord(List.of(RecordProblem.error(place(text, separator, ruleOf), what, mend)), Map.of());
    }

    /** Where the first piece begins with which the text breaks the rule that it breaks as a whole. */
    private static int place(String text, char separator, Function<String, Optional<String>> ruleOf) {
        Optional<String> rule = ruleOf.apply(text);
        int from = 0;
        int end = text.indexOf(separator);
        while (end >= 0 && !ruleOf.apply(text.substring(0, end)).equals(rule)) {
            from = end + 1;
            end = text.indexOf(separator, from);
        }
        while (from < text.length() && Character.isWhitespace(text.charAt(from))) {
            from++;
        }
        return from;
    }
}
