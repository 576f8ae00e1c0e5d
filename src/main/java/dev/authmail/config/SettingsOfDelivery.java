package dev.authmail.config;

import dev.authmail.address.Domain;
import dev.authmail.delivery.DirectSettings;
import dev.authmail.delivery.RetrySchedule;
import dev.authmail.dns.DnsSettings;
import dev.authmail.mx.MxSettings;
import dev.authmail.smtp.PoolSettings;
import dev.authmail.smtp.SmtpClientSettings;
import dev.authmail.smtp.Timeouts;
import dev.authmail.smtp.TrustAnchors;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/** The settings of delivery in the words of the rooms that have them; the service and its commands read them alike. */
final class SettingsOfDelivery {
    private static final int DNS_PORT = 53;

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
                        dns.servers().stream().map(SettingsOfDelivery::server).toList(),
                        dns.timeout(),
                        dns.retries(),
                        standard.cacheEntries(),
                        standard.maxTtl(),
                        standard.maxNegativeTtl()));
    }

    SmtpClientSettings client() {
        Path bundle = settings.smtp().caBundle();
        TrustAnchors trust = bundle == null
                ? TrustAnchors.ofJvm()
                : Checked.setting("authmail.smtp.ca-bundle", () -> TrustAnchors.ofJvmAnd(bundle));
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
        boolean enabled = direct.enabled() == AuthmailSettings.Direct.Enabled.ALWAYS;
        return Checked.setting(
                "authmail.direct",
                () -> new DirectSettings(enabled, direct.port(), direct.tls(), required, direct.maxWait()));
    }

    RetrySchedule schedule() {
        return Checked.setting(
                "authmail.retry.tiers", () -> new RetrySchedule(settings.retry().tiers()));
    }

    /** {@code host} or {@code host:port}; an IPv6 address with a port is written in brackets. */
    private static InetSocketAddress server(String text) {
        int colon = text.lastIndexOf(':');
        boolean hasPort = colon > 0 && (text.indexOf(':') == colon || text.charAt(colon - 1) == ']');
        String host = (hasPort ? text.substring(0, colon) : text).replaceAll("[\\[\\]]", "");
        try {
            int port = hasPort ? Integer.parseInt(text.substring(colon + 1)) : DNS_PORT;
            return new InetSocketAddress(InetAddress.getByName(host), port);
        } catch (UnknownHostException | NumberFormatException e) {
            throw new IllegalArgumentException("\"" + text + "\" is not host:port of a DNS server", e);
        }
    }
}
