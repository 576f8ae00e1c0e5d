package dev.authmail.dmarc;

import dev.authmail.address.MailAddress;
import dev.authmail.address.ParsedAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where reports go. RFC 9989 §4.6; with a size limit as RFC 7489 §6.2 had it. */
final class ReportUri {
    private static final Pattern SIZED = Pattern.compile("([^!]*)!([0-9]{1,18}[kmgtKMGT]?)");

    private ReportUri() {}

    /** The URIs of a list that can be used, without size limits. */
    static List<String> valid(String list) {
        return Arrays.stream(list.split(",", -1))
                .map(String::strip)
                .filter(uri -> problem(uri).isEmpty())
                .map(uri -> uri.replaceFirst("![^!]*$", ""))
                .toList();
    }

    static boolean isSized(String text) {
        return text.indexOf('!') >= 0;
    }

    /** What is wrong with one, as the end of a sentence. */
    static Optional<String> problem(String text) {
        Matcher sized = SIZED.matcher(text);
        if (isSized(text) && !sized.matches()) {
            return Optional.of("has a ! that no size limit such as !10m follows");
        }
        return problemOfUri(sized.matches() ? sized.group(1) : text);
    }

    private static Optional<String> problemOfUri(String text) {
        try {
            URI uri = new URI(text);
            if (uri.getScheme() == null
                    || !StandardCharsets.US_ASCII.newEncoder().canEncode(text)) {
                return Optional.of("is no URI, such as mailto:dmarc@example.com");
            }
            boolean mail = uri.getScheme().equalsIgnoreCase("mailto");
            return mail ? problemOfMail(uri.getSchemeSpecificPart()) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.of("is no URI, such as mailto:dmarc@example.com");
        }
    }

    private static Optional<String> problemOfMail(String to) {
        return switch (MailAddress.parse(to.split("\\?", 2)[0])) {
            case ParsedAddress.Valid valid -> Optional.empty();
            case ParsedAddress.Invalid invalid -> Optional.of("is no mail address: it " + invalid.rule());
        };
    }
}
