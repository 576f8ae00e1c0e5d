package dev.authmail.tlsreport;

import dev.authmail.address.MailAddress;
import dev.authmail.address.ParsedAddress;
import dev.authmail.address.RecipientPolicy;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Where a domain wants reports. A stranger wrote it: what is not plainly an address or a web server's name is none. */
public sealed interface ReportDestination {
    /** A mailbox. */
    record Mailbox(MailAddress address) implements ReportDestination {}

    /** A web server with a name, over HTTPS. */
    record WebServer(URI uri) implements ReportDestination {}

    /** The destination that a URI of {@code rua} names; empty when it is none that is used. RFC 8460 §3. */
    static Optional<ReportDestination> of(URI uri) {
        return switch (uri.getScheme().toLowerCase(Locale.ROOT)) {
            case "mailto" -> mailbox(uri.getRawSchemeSpecificPart());
            case "https" -> webServer(uri);
            default -> Optional.empty();
        };
    }

    private static Optional<ReportDestination> mailbox(String part) {
        String address = part.split("\\?", 2)[0];
        try {
            // A plus is a plus in a mailto: RFC 6068 §5.
            String decoded = URLDecoder.decode(address.replace("+", "%2B"), StandardCharsets.UTF_8);
            return new RecipientPolicy().parse(decoded) instanceof ParsedAddress.Valid(MailAddress valid)
                    ? Optional.of(new Mailbox(valid))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<ReportDestination> webServer(URI uri) {
        String host = uri.getHost();
        boolean named = host != null && WebServerName.SYNTAX.matcher(host).matches();
        return named && uri.getRawUserInfo() == null && uri.getRawFragment() == null
                ? Optional.of(new WebServer(uri))
                : Optional.empty();
    }

    /** A name of two labels or more whose last one is no number, so that it is no address in any way of writing. */
    final class WebServerName {
        private static final Pattern SYNTAX = Pattern.compile(
                "(?=.{1,253}$)([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)+[A-Za-z][A-Za-z0-9-]*[A-Za-z0-9]");

        private WebServerName() {}
    }
}
