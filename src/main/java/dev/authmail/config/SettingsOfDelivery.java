package dev.authmail.config;

import dev.authmail.address.Domain;
import dev.authmail.delivery.DirectSettings;
import dev.authmail.delivery.Provider;
import dev.authmail.delivery.RetrySchedule;
import dev.authmail.dns.DnsJava;
import dev.authmail.dns.DnsSettings;
import dev.authmail.mx.MxSettings;
import dev.authmail.mx.PublicHosts;
import dev.authmail.smtp.PoolSettings;
import dev.authmail.smtp.SmtpClientSettings;
import dev.authmail.smtp.Timeouts;
import dev.authmail.smtp.TlsPolicy;
import dev.authmail.smtp.TrustAnchors;
import dev.authmail.tlspolicy.TlsSettings;
import dev.authmail.traffic.ProviderLimits;
import dev.authmail.traffic.WarmUpSchedule;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The settings of delivery in the words of the rooms that have them; the service and its commands read them alike. */
final class SettingsOfDelivery {
    private static final int DNS_PORT = 53;
    private static final String OTHER = "other";
    static final int HTTP_PROXY_PORT = 3128;

    private final AuthmailSettings settings;

    SettingsOfDelivery(AuthmailSettings settings) {
        this.settings = settings;
    }

    DnsSettings dns() {
        AuthmailSettings.Dns dns = settings.dns();
        DnsSettings standard = DnsSettings.defaults();
        return Checked.setting(
                "authmail.dns",
                () -> new DnsSettings(
                        dns.servers().stream()
                                .map(server -> hostAndPort(server, DNS_PORT))
                                .toList(),
                        dns.timeout(),
                        dns.retries(),
                        standard.cacheEntries(),
                        standard.maxTtl(),
                        standard.maxNegativeTtl()));
    }

    SmtpClientSettings client() {
        TrustAnchors trust = trust();
        return Checked.setting(
                "authmail.smtp.ehlo-name", () -> new SmtpClientSettings(ehloName(), Timeouts.DEFAULT, trust, null));
    }

    /** A container's host name is no name that an MX host believes, so it is only the last resort. */
    String ehloName() {
        String given = settings.smtp().ehloName();
        if (given != null && !given.isBlank()) {
            return given;
        }
        try {
            return InetAddress.getLocalHost().getCanonicalHostName();
        } catch (UnknownHostException e) {
            throw new SettingsException(
                    "authmail.smtp.ehlo-name",
                    "is missing, and this host has no name; give the PTR name of its address");
        }
    }

    TlsSettings tls() {
        AuthmailSettings.MtaSts sts = settings.mtaSts();
        AuthmailSettings.Dane dane = settings.dane();
        // RFC 8689 §4.2.2: who says that TLS is not required does not heed what domains demand.
        boolean heeded = !settings.mail().tlsOptional();
        if (dane.mode() == TlsSettings.Dane.TRUST_ANCHORS) {
            Checked.required(
                    "authmail.dane.trust-anchors",
                    dane.trustAnchors(),
                    "name a file with the DS records of the root, see docs/tls.md");
        }
        return Checked.setting(
                "authmail.mta-sts",
                () -> new TlsSettings(
                        heeded ? dane.mode() : TlsSettings.Dane.OFF,
                        dane.trustAnchors(),
                        heeded && sts.enabled(),
                        sts.proxy() == null || sts.proxy().isBlank() ? null : hostAndPort(sts.proxy(), HTTP_PROXY_PORT),
                        sts.timeout(),
                        sts.maxDomains(),
                        trust()));
    }

    /** The DNS, with answers that are as proven as DANE asks for. */
    DnsJava open(TlsSettings tls) {
        String setting = switch (tls.dane()) {
            case OFF -> "authmail.dns";
            case TRUST_ANCHORS -> "authmail.dane.trust-anchors";
            case LOCAL_RESOLVER -> "authmail.dane.mode";
        };
        return Checked.setting(setting, () -> tls.open(dns()));
    }

    TrustAnchors trust() {
        Path bundle = settings.smtp().caBundle();
        return bundle == null
                ? TrustAnchors.ofJvm()
                : Checked.setting("authmail.smtp.ca-bundle", () -> TrustAnchors.ofJvmAnd(bundle));
    }

    /** Whether a host that a stranger names may be dialled. */
    static Predicate<String> mayConnect(MxSettings mx) {
        return mx.allowPrivateAddresses() ? host -> true : new PublicHosts();
    }

    PoolSettings pool() {
        AuthmailSettings.Smtp smtp = settings.smtp();
        return Checked.setting(
                "authmail.smtp",
                () -> new PoolSettings(
                        smtp.maxConnectionsPerServer(),
                        smtp.maxConnections(),
                        smtp.idle(),
                        smtp.maxMessagesPerConnection(),
                        smtp.maxAge(),
                        PoolSettings.DEFAULT.checkAfterIdle()));
    }

    MxSettings mx() {
        AuthmailSettings.Direct direct = settings.direct();
        return Checked.setting(
                "authmail.direct",
                () -> new MxSettings(
                        direct.maxHosts(),
                        direct.maxAddresses(),
                        direct.allowPrivateAddresses(),
                        new HashSet<>(direct.ownHosts()),
                        direct.ipPreference()));
    }

    DirectSettings direct() {
        AuthmailSettings.Direct direct = settings.direct();
        Set<Domain> required = direct.tlsRequired().stream()
                .map(domain -> Checked.domain("authmail.direct.tls-required", domain))
                .collect(Collectors.toSet());
        if (direct.tls() == TlsPolicy.IMPLICIT || direct.tls().isPublished()) {
            throw new SettingsException(
                    "authmail.direct.tls",
                    "is " + direct.tls().code()
                            + ", which is not for MX hosts; give opportunistic, required or verified");
        }
        boolean enabled = direct.enabled() != AuthmailSettings.Direct.Enabled.NEVER;
        return Checked.setting(
                "authmail.direct",
                () -> new DirectSettings(enabled, direct.port(), direct.tls(), required, direct.maxWait()));
    }

    /** Limits by provider, as a function of its name. */
    Function<String, ProviderLimits> limits() {
        ProviderLimits all = new ProviderLimits(
                settings.smtp().maxConnectionsPerServer(), settings.smtp().maxMessagesPerConnection(), 0);
        ProviderLimits other = limits(OTHER, all);
        Map<String, ProviderLimits> named = settings.direct().limits().keySet().stream()
                .filter(name -> !name.equals(OTHER))
                .collect(Collectors.toMap(SettingsOfDelivery::provider, name -> limits(name, other)));
        return provider -> named.getOrDefault(provider, other);
    }

    /** The providers that the limits name: few, and none that a stranger could invent. */
    Set<String> namedProviders() {
        return settings.direct().limits().keySet().stream()
                .filter(name -> !name.equals(OTHER))
                .collect(Collectors.toUnmodifiableSet());
    }

    private ProviderLimits limits(String name, ProviderLimits others) {
        AuthmailSettings.Direct.Limits own = settings.direct().limits().get(name);
        return own == null
                ? others
                : Checked.setting(
                        "authmail.direct.limits." + name,
                        () -> new ProviderLimits(
                                Objects.requireNonNullElse(own.connections(), others.connections()),
                                Objects.requireNonNullElse(own.messages(), others.messages()),
                                Objects.requireNonNullElse(own.perMinute(), others.perMinute())));
    }

    /** A limit for a host, or for the domain in addresses, would hold for nobody. */
    private static String provider(String name) {
        String provider = Provider.of(name).key();
        if (!provider.equals(name)) {
            throw new SettingsException(
                    "authmail.direct.limits." + name,
                    "is not the domain that a provider's MX hosts are under; did you mean [" + provider + "]?");
        }
        return name;
    }

    /** The warm-up, when it is switched on. */
    Optional<WarmUpSchedule> warmUp() {
        AuthmailSettings.Direct.WarmUp warmUp = settings.direct().warmUp();
        return warmUp.enabled()
                ? Optional.of(Checked.setting(
                        "authmail.direct.warm-up.schedule",
                        () -> new WarmUpSchedule(
                                Checked.required(
                                        "authmail.direct.warm-up.first-day",
                                        warmUp.firstDay(),
                                        "give the day, in UTC, on which the address begins to send: 2026-11-24"),
                                warmUp.schedule())))
                : Optional.empty();
    }

    RetrySchedule schedule() {
        return Checked.setting(
                "authmail.retry.tiers", () -> new RetrySchedule(settings.retry().tiers()));
    }

    /** {@code host} or {@code host:port}; an IPv6 address with a port is written in brackets. */
    static InetSocketAddress hostAndPort(String text, int otherwise) {
        int colon = text.lastIndexOf(':');
        boolean hasPort = colon > 0 && (text.indexOf(':') == colon || text.charAt(colon - 1) == ']');
        String host = (hasPort ? text.substring(0, colon) : text).replaceAll("[\\[\\]]", "");
        try {
            int port = hasPort ? Integer.parseInt(text.substring(colon + 1)) : otherwise;
            return new InetSocketAddress(InetAddress.getByName(host), port);
        } catch (UnknownHostException | NumberFormatException e) {
            throw new IllegalArgumentException("\"" + text + "\" is not host:port of a server", e);
        }
    }
}
