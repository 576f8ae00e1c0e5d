package dev.authmail.tlsrpt;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The record at {@code _smtp._tls.<domain>} that asks for reports. RFC 8460 §3.
 *
 * @param rua where reports go, such as {@code mailto:tls@example.com}; never empty. Senders use {@code mailto} and {@code
 *     https} and ignore other schemes
 */
public record TlsRptRecord(List<URI> rua) {
    private static final String VERSION = "v=TLSRPTv1";
    private static final Pattern DELIMITER = Pattern.compile("[ \\t]*;[ \\t]*");
    private static final Pattern COMMA = Pattern.compile("[ \\t]*,[ \\t]*");
    private static final Pattern NAME = Pattern.compile("([A-Za-z0-9][A-Za-z0-9_.-]{0,31})=(.*)");
    private static final Pattern EXTENSION = Pattern.compile("[\\x21-\\x3a\\x3c\\x3e-\\x7e]+");

    /** The labels under which a domain asks for reports. */
    public static final String LABEL = "_smtp._tls";

    public TlsRptRecord {
        rua = List.copyOf(rua);
    }

    /** Reads all TXT records of the name: those that begin otherwise are none, and one must be left. */
    public static ParsedTlsRptRecord ofAll(List<String> texts) {
        List<String> asking = texts.stream()
                .filter(text -> DELIMITER.split(text, 2)[0].equals(VERSION))
                .toList();
        return asking.size() == 1
                ? parse(asking.getFirst())
                : invalid(asking.isEmpty() ? "no record begins with v=TLSRPTv1;" : "there is more than one record");
    }

    /** Reads one record. Fields other than {@code rua} are extensions. */
    public static ParsedTlsRptRecord parse(String text) {
        String[] fields = DELIMITER.split(text, -1);
        if (!fields[0].equals(VERSION)) {
            return invalid("does not begin with v=TLSRPTv1");
        }
        // One delimiter may end the record.
        int end = fields[fields.length - 1].isEmpty() ? fields.length - 1 : fields.length;
        List<URI> all = new ArrayList<>();
        for (int i = 1; i < end; i++) {
            Matcher field = NAME.matcher(fields[i]);
            if (!field.matches()) {
                return invalid("has a field that is not name=value");
            }
            if (field.group(1).equals("rua")) {
                Optional<List<URI>> some = addresses(field.group(2));
                if (some.isEmpty()) {
                    return invalid("has a rua that is not a list of URIs with a scheme");
                }
                all.addAll(some.get());
            } else if (!EXTENSION.matcher(field.group(2)).matches()) {
                return invalid("has a field without a value, or with one that is not printable ASCII");
            }
        }
        return all.isEmpty() ? invalid("has no rua") : new ParsedTlsRptRecord.Valid(new TlsRptRecord(all));
    }

    private static Optional<List<URI>> addresses(String value) {
        List<URI> uris = new ArrayList<>();
        for (String part : COMMA.split(value, -1)) {
            Optional<URI> uri = uri(part);
            if (uri.isEmpty()) {
                return Optional.empty();
            }
            uris.add(uri.get());
        }
        return Optional.of(uris);
    }

    /** RFC 3986 §3. A "!" must be percent-encoded; it would begin a size limit as in DMARC. */
    private static Optional<URI> uri(String text) {
        try {
            URI uri = new URI(text);
            boolean ascii = text.chars().allMatch(c -> c > 0x20 && c < 0x7f);
            return uri.isAbsolute() && ascii && text.indexOf('!') < 0 ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static ParsedTlsRptRecord invalid(String rule) {
        return new ParsedTlsRptRecord.Invalid(rule);
    }
}
