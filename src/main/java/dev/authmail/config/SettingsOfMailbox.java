package dev.authmail.config;

import dev.authmail.camel.FileMail;
import dev.authmail.camel.MailboxLogin;
import dev.authmail.camel.SmallEnough;
import dev.authmail.config.AuthmailSettings.Mailbox;
import dev.authmail.mailbox.Login;
import dev.authmail.mailbox.TokenRequest;
import dev.authmail.smtp.TrustAnchors;
import jakarta.mail.Flags;
import jakarta.mail.search.FlagTerm;
import jakarta.mail.search.SearchTerm;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Properties;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What camel-mail needs of one mailbox in the settings. */
final class SettingsOfMailbox {
    private static final String CONNECT_MILLIS = "20000";
    private static final String READ_MILLIS = "60000";
    private static final String FETCH_OCTETS = "65536";

    private final String prefix;
    private final Mailbox mailbox;

    /**
     * @param prefix of its settings, for what is wrong with them
     * @param mailbox its settings
     */
    SettingsOfMailbox(String prefix, Mailbox mailbox) {
        this.prefix = prefix;
        this.mailbox = mailbox;
    }

    /** Angus's own properties of the protocol. Without STARTTLS or a valid certificate there is no login. */
    Properties properties(TrustAnchors trust) {
        String name = mailbox.protocol().name().toLowerCase(Locale.ROOT);
        String p = "mail." + name + ".";
        Properties properties = new Properties();
        properties.put(p + "connectiontimeout", CONNECT_MILLIS);
        properties.put(p + "timeout", READ_MILLIS);
        properties.put(p + "writetimeout", READ_MILLIS);
        properties.put(p + "ssl.checkserveridentity", "true");
        properties.put(p + "ssl.protocols", "TLSv1.3 TLSv1.2");
        properties.put(p + "ssl.socketFactory", trust.sslContext().getSocketFactory());
        properties.put(p + "starttls.enable", "true");
        properties.put(p + "starttls.required", Boolean.toString(!name.endsWith("s")));
        properties.put(p + "partialfetch", "true");
        properties.put(p + "fetchsize", FETCH_OCTETS);
        if (mailbox.passwordFile() == null) {
            properties.put(p + "auth.mechanisms", "XOAUTH2");
        }
        if (isPop3()) {
            properties.put(p + "auth.xoauth2.two.line.authentication.format", "true");
            properties.put(p + "keepmessagecontent", "false");
            properties.put(p + "cachecontent", "false");
        }
        return properties;
    }

    MailboxLogin login(TrustAnchors trust, Clock clock) {
        if (!mailbox.isConfigured()) {
            return new MailboxLogin("", () -> "");
        }
        String username =
                Checked.required(prefix + ".username", mailbox.username(), "name the user that may read the mailbox");
        return new MailboxLogin(username, secret(trust, clock));
    }

    private Login secret(TrustAnchors trust, Clock clock) {
        Mailbox.OAuth2 oauth2 = mailbox.oauth2();
        long ways = Stream.of(mailbox.passwordFile() != null, mailbox.tokenFile() != null, oauth2.endpoint() != null)
                .filter(given -> given)
                .count();
        if (ways != 1) {
            throw new SettingsException(
                    prefix + ".password-file",
                    ways == 0
                            ? "is missing; name the file of the password, or token-file, or oauth2.endpoint"
                            : "is one of several ways in; leave one of password-file, token-file and oauth2.endpoint");
        }
        Path file = mailbox.passwordFile() == null ? mailbox.tokenFile() : mailbox.passwordFile();
        return file == null ? request(oauth2, trust, clock) : Login.ofFile(file);
    }

    private TokenRequest request(Mailbox.OAuth2 oauth2, TrustAnchors trust, Clock clock) {
        String id = Checked.required(prefix + ".oauth2.client-id", oauth2.clientId(), "give the name of the client");
        Path secret = Checked.required(
                prefix + ".oauth2.client-secret-file", oauth2.clientSecretFile(), "name the file of its secret");
        TokenRequest.Settings settings = Checked.setting(
                prefix + ".oauth2.endpoint",
                () -> new TokenRequest.Settings(
                        Checked.required(prefix + ".oauth2.endpoint", oauth2.endpoint(), "give the token endpoint"),
                        id,
                        secret,
                        oauth2.refreshTokenFile(),
                        scope(oauth2)));
        HttpClient http = HttpClient.newBuilder()
                .connectTimeout(Duration.ofSeconds(10))
                .sslContext(trust.sslContext())
                .build();
        return new TokenRequest(settings, http, clock);
    }

    private static @Nullable String scope(Mailbox.OAuth2 oauth2) {
        String scope = oauth2.scope();
        return scope == null || scope.isBlank() ? null : scope;
    }

    /** IMAP is asked for what is unread; POP3 for what is not too large. */
    SearchTerm toRead() {
        return isPop3()
                ? new SmallEnough(mailbox.maxSize().toBytes())
                : new FlagTerm(new Flags(Flags.Flag.SEEN), false);
    }

    int maxOctets() {
        return Checked.setting(prefix + ".max-size", () -> {
            long octets = mailbox.maxSize().toBytes();
            if (octets < 10_000 || octets > 64 << 20) {
                throw new IllegalArgumentException("must lie between 10KB and 64MB");
            }
            return Math.toIntExact(octets);
        });
    }

    FileMail.Folders folders() {
        return new FileMail.Folders(mailbox.processed(), mailbox.unmatched(), mailbox.unreadable());
    }

    private boolean isPop3() {
        return switch (mailbox.protocol()) {
            case POP3, POP3S -> true;
            case IMAP, IMAPS -> false;
        };
    }
}
