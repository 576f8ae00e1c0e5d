package dev.authmail.config;

import dev.authmail.dkim.DkimAlgorithm;
import dev.authmail.mx.IpPreference;
import dev.authmail.smtp.TlsPolicy;
import dev.authmail.tlspolicy.TlsSettings;
import dev.authmail.webhook.WebhookVerifier;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * All settings. {@code application.yaml} holds every one with its unit, default and meaning; that file is the reference.
 */
@ConfigurationProperties("authmail")
public record AuthmailSettings(
        @DefaultValue Kafka kafka,
        @DefaultValue Topics topics,
        @DefaultValue Link link,
        @DefaultValue Mail mail,
        @DefaultValue Templates templates,
        @DefaultValue Dkim dkim,
        @DefaultValue Map<String, Relay> relays,
        @DefaultValue Direct direct,
        @DefaultValue MtaSts mtaSts,
        @DefaultValue Dane dane,
        @DefaultValue TlsReports tlsReports,
        @DefaultValue Smtp smtp,
        @DefaultValue Dns dns,
        @DefaultValue Retry retry,
        @Nullable Duration deadline,
        Duration maxAge,
        boolean superseding,
        @DefaultValue Quiet quietHours,
        @DefaultValue LedgerSettings ledger,
        @DefaultValue SuppressionSettings suppression,
        @DefaultValue Mailbox bounces,
        @DefaultValue Mailbox reports,
        @DefaultValue Rules rules,
        @DefaultValue Doctor doctor,
        @DefaultValue Limits limits,
        @DefaultValue Routes routes,
        @DefaultValue Adapters adapters,
        @DefaultValue Http http) {

    /** How Kafka is reached and how much is taken from it. */
    public record Kafka(
            String brokers,
            String group,
            int consumers,
            int maxInFlight,
            int maxInFlightPerPartition,
            int maxPollRecords,
            Duration drain,
            @Nullable Duration openAlarm,
            Duration startTimeout,
            DataSize maxEventSize,
            DataSize maxRecordSize,
            @DefaultValue Map<String, String> properties) {
        /** Without the properties: they hold passwords. */
        @Override
        public String toString() {
            return "Kafka[" + brokers + ", " + group + "]";
        }
    }

    /** Names of topics, and whether and how they are made. */
    public record Topics(
            boolean create,
            int partitions,
            short replicationFactor,
            String registrations,
            String retry,
            String outcomes,
            String deadLetter,
            String ledger,
            String suppressions,
            String verified,
            String findings,
            String quarantine,
            String reports,
            String state) {}

    /** The signed auth URL. */
    public record Link(
            @Nullable URI origin,
            @Nullable Path keys,
            Duration lifetime,
            @DefaultValue Map<String, String> paths,
            @DefaultValue Code code) {
        /** Six digits beside it. */
        public record Code(@Nullable Path keys, Duration lifetime) {
            /** The folder of keys; null when mails have the link alone. */
            @Nullable
            Path folder() {
                return keys == null || keys.toString().isEmpty() ? null : keys;
            }
        }
    }

    /** The message and its envelope. */
    public record Mail(
            String from,
            @Nullable String fromName,
            @Nullable String replyTo,
            String product,
            @Nullable String support,
            @Nullable String feedbackId,
            boolean tlsOptional,
            @Nullable String messageIdField,
            @Nullable String bounceDomain,
            @Nullable Path envelopeKeys) {}

    /** Daily reports to domains about TLS with their mail hosts. */
    public record TlsReports(boolean enabled, Duration interval) {}

    /** The words of the mail. */
    public record Templates(@Nullable Path folder, Locale defaultLocale, ZoneId timeZone) {}

    /** Signing. */
    public record Dkim(
            @Nullable String domain,
            Crypto crypto,
            @DefaultValue List<DkimKeySettings> keys) {
        /** Who makes the raw signatures. */
        public enum Crypto {
            /** libcrypto where the system has it, else the JDK. */
            AUTO,
            /** The JDK. */
            JDK
        }
    }

    /** One DKIM key. */
    public record DkimKeySettings(String selector, Algorithm algorithm, Path file) {
        /** What the key is made for. */
        public enum Algorithm {
            /** rsa-sha256. */
            RSA(DkimAlgorithm.RSA_SHA256),
            /** ed25519-sha256. */
            ED25519(DkimAlgorithm.ED25519_SHA256);

            private final DkimAlgorithm algorithm;

            Algorithm(DkimAlgorithm algorithm) {
                this.algorithm = algorithm;
            }

            DkimAlgorithm dkim() {
                return algorithm;
            }
        }
    }

    /** One relay; its defaults stand here, since a user gives relays names of their own. */
    public record Relay(
            @Nullable String host,
            @DefaultValue("587") int port,
            @DefaultValue("VERIFIED") TlsPolicy tls,
            @Nullable String username,
            @Nullable String password,
            @Nullable Path passwordFile,
            @DefaultValue("false") boolean chunking) {
        @Override
        public String toString() {
            return "Relay[" + host + ":" + port + ", " + tls + "]";
        }
    }

    /** Straight to MX hosts. */
    public record Direct(
            Enabled enabled,
            int port,
            TlsPolicy tls,
            @DefaultValue List<String> tlsRequired,
            boolean allowPrivateAddresses,
            @DefaultValue List<String> ownHosts,
            int maxHosts,
            int maxAddresses,
            Duration maxWait,
            Duration closedFor,
            Duration closedAtMost,
            @DefaultValue Map<String, Limits> limits,
            @DefaultValue WarmUp warmUp,
            IpPreference ipPreference) {
        /** When the direct route is open. */
        public enum Enabled {
            /** Always. */
            ALWAYS,
            /** When the checks find the set-up fit for it. */
            HEALTHY,
            /** Never. */
            NEVER
        }

        /** Limits to one provider; what is not said is as for all servers. */
        public record Limits(
                @Nullable Integer connections,
                @Nullable Integer messages,
                @Nullable Integer perMinute) {}

        /** How a new sending address begins. */
        public record WarmUp(
                boolean enabled,
                @Nullable LocalDate firstDay,
                @DefaultValue List<Integer> schedule) {}
    }

    /** Policies that domains publish on a web server. RFC 8461. */
    public record MtaSts(boolean enabled, @Nullable String proxy, Duration timeout, int maxDomains) {}

    /** Certificates that domains publish in the DNS. RFC 7672. */
    public record Dane(TlsSettings.Dane mode, @Nullable Path trustAnchors) {}

    /** What all conversations have in common. */
    public record Smtp(
            @Nullable String ehloName,
            @Nullable Path caBundle,
            Duration attemptTimeout,
            int maxConnectionsPerServer,
            int maxConnections,
            int maxMessagesPerConnection,
            Duration idle,
            Duration maxAge,
            @DefaultValue Breaker breaker) {
        /** When a server that fails is passed by. */
        public record Breaker(int failures, Duration open, Duration longest) {}
    }

    /** How the DNS is asked. */
    public record Dns(@DefaultValue List<String> servers, Duration timeout, int retries) {}

    /** When a mail is tried again. */
    public record Retry(List<Duration> tiers) {}

    /** When mails wait that pass the step heedQuietHours. */
    public record Quiet(String time, ZoneId timeZone) {}

    /** How long and how many events are known, so that a repetition is not mailed. */
    public record LedgerSettings(Duration window, int maxEntries, Duration startTimeout) {}

    /** Addresses that get no mail. */
    public record SuppressionSettings(@Nullable Path keys, Duration lasts, Duration startTimeout) {
        /** The folder of keys; null when no address is suppressed. */
        @Nullable
        Path folder() {
            return keys == null || keys.toString().isEmpty() ? null : keys;
        }
    }

    /** How many mails one recipient, domain, source or user may cause. */
    public record Limits(
            int recipientPerHour,
            int domainPerHour,
            int sourcePerHour,
            @Nullable String sourceHeader,
            Duration resendCoolDown,
            int maxEntries) {}

    /** A mailbox that is read. */
    public record Mailbox(
            @Nullable String host,
            int port,
            Protocol protocol,
            @Nullable String username,
            @Nullable Path passwordFile,
            @Nullable Path tokenFile,
            @DefaultValue OAuth2 oauth2,
            String folder,
            String processed,
            String unmatched,
            String unreadable,
            Duration pollInterval,
            DataSize maxSize) {
        /** How it is read, and how TLS begins. */
        public enum Protocol {
            /** IMAP with TLS from the beginning. */
            IMAPS,
            /** POP3 with TLS from the beginning. */
            POP3S,
            /** IMAP with STARTTLS. */
            IMAP,
            /** POP3 with STLS. */
            POP3
        }

        /** Where access tokens are asked for. RFC 6749. */
        public record OAuth2(
                @Nullable URI endpoint,
                @Nullable String clientId,
                @Nullable Path clientSecretFile,
                @Nullable Path refreshTokenFile,
                @Nullable String scope) {}

        /** Whether there is one. */
        boolean isConfigured() {
            return host != null && !host.isBlank();
        }
    }

    /** What replies mean, where the shipped rules do not know it. */
    public record Rules(@Nullable Path folder) {}

    /** What is examined beside what the other settings say. */
    public record Doctor(
            boolean enabled,
            Duration interval,
            Duration fineFor,
            @DefaultValue List<String> addresses,
            @DefaultValue List<String> addressBlocklists,
            @DefaultValue List<String> domainBlocklists,
            String outsideHost,
            RoundTrip roundTrip) {}

    /** Where mails of {@code authmail doctor --round-trip} go, and how they are read there. */
    public record RoundTrip(
            @Nullable String address,
            Duration within,
            @Nullable String host,
            int port,
            Mailbox.Protocol protocol,
            @Nullable String username,
            @Nullable Path passwordFile,
            @Nullable Path tokenFile,
            @DefaultValue Mailbox.OAuth2 oauth2,
            String folder) {
        private static final DataSize LARGEST = DataSize.ofMegabytes(10);

        /** The mailbox alone; nothing in it is put away. */
        Mailbox mailbox() {
            return new Mailbox(
                    host,
                    port,
                    protocol,
                    username,
                    passwordFile,
                    tokenFile,
                    oauth2,
                    folder,
                    folder,
                    folder,
                    folder,
                    within,
                    LARGEST);
        }
    }

    /** Where edited route files are, and which of the shipped ones that are optional run. */
    public record Routes(
            @Nullable Path folder,
            Duration reloadInterval,
            @DefaultValue List<String> optional) {}

    /** Events of other systems. */
    public record Adapters(@Nullable Path mappings, String keycloakTopic, String debeziumTopic) {}

    /** Hooks and pages of optional routes. */
    public record Http(
            int port,
            DataSize maxBody,
            @Nullable String proxy,
            @DefaultValue Map<String, Hook> hooks) {
        /** Who may send: who knows the secret, has the key, or sends for one of the topics. */
        public record Hook(
                WebhookVerifier.Scheme verification,
                @Nullable Path secretFile,
                @Nullable String publicKey,
                @DefaultValue List<String> topics) {}
    }
}
