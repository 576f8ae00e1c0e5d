package dev.authmail.records;

import dev.authmail.dkim.KeyRecordCheck;
import dev.authmail.dkim.SignatureFieldCheck;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** The types of records that can be checked. */
public enum RecordType {
    /** A policy at {@code _dmarc}. RFC 9989, RFC 7489. */
    DMARC("dmarc", SimpleRecords::dmarc),
    /** Who may send for a domain. RFC 7208. */
    SPF("spf", SimpleRecords::spf),
    /** A key at {@code <selector>._domainkey}. RFC 6376 §3.6.1. */
    DKIM_KEY("dkim-key", RecordType::dkimKey),
    /** A whole DKIM-Signature field with its CRLF, of a mail that may hold UTF-8. RFC 6376 §3.5. */
    DKIM_SIGNATURE("dkim-signature", text -> dkimSignature(text, true)),
    /** The same of a mail that must be ASCII. */
    DKIM_SIGNATURE_ASCII("dkim-signature-ascii", text -> dkimSignature(text, false)),
    /** The announcement at {@code _mta-sts}. RFC 8461 §3.1. */
    MTA_STS("mta-sts", TransportRecords::stsRecord),
    /** The policy behind it. RFC 8461 §3.2. */
    MTA_STS_POLICY("mta-sts-policy", TransportRecords::stsPolicy),
    /** Where TLS reports go, at {@code _smtp._tls}. RFC 8460 §3. */
    TLS_RPT("tls-rpt", TransportRecords::tlsRpt),
    /** A mail address. RFC 5321 §4.1.2, RFC 6531. */
    ADDRESS("address", SimpleRecords::address),
    /** The part before its @. */
    LOCAL_PART("local-part", text -> SimpleRecords.address(text + "@example.com"));

    private final String word;
    private final Function<String, CheckedRecord> check;

    RecordType(String word, Function<String, CheckedRecord> check) {
        this.word = word;
        this.check = check;
    }

    /** Its name on the command line. */
    public String word() {
        return word;
    }

    /** Reads a text of this type. Never throws for what it holds. */
    public CheckedRecord check(String text) {
        return check.apply(text);
    }

    /** The type of a name; case does not matter, nor do hyphens, nor whether it ends in {@code -record}. */
    public static Optional<RecordType> of(String name) {
        String plain = name.toLowerCase(Locale.ROOT).replaceFirst("[-_]?(record|header|field)$", "");
        return Arrays.stream(values())
                .filter(type -> letters(type.word).equals(letters(plain))
                        || letters("smtp-" + type.word).equals(letters(plain)))
                .findFirst();
    }

    private static String letters(String name) {
        return name.replaceAll("[-_ ]", "");
    }

    /** The names of all types. */
    public static List<String> words() {
        return Arrays.stream(values()).map(RecordType::word).toList();
    }

    private static CheckedRecord dkimKey(String text) {
        KeyRecordCheck.Reading reading = KeyRecordCheck.read(text);
        return new CheckedRecord(reading.problems(), reading.values());
    }

    private static CheckedRecord dkimSignature(String text, boolean utf8) {
        SignatureFieldCheck.Reading reading = SignatureFieldCheck.read(text, utf8);
        return new CheckedRecord(reading.problems(), reading.values());
    }
}
