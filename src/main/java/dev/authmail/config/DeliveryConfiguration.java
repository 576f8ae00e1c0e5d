package dev.authmail.config;

import dev.authmail.address.Domain;
import dev.authmail.camel.ConcludeAttempt;
import dev.authmail.camel.DecideNextStep;
import dev.authmail.camel.HoldBack;
import dev.authmail.camel.HopMailSender;
import dev.authmail.delivery.AttemptConclusion;
import dev.authmail.delivery.Decider;
import dev.authmail.delivery.DirectHop;
import dev.authmail.delivery.DirectSettings;
import dev.authmail.delivery.ReplyClassifier;
import dev.authmail.delivery.ReplyRules;
import dev.authmail.delivery.RetrySchedule;
import dev.authmail.dns.Dns;
import dev.authmail.dns.DnsJava;
import dev.authmail.dns.DnsSettings;
import dev.authmail.hold.Holds;
import dev.authmail.mx.MxResolver;
import dev.authmail.mx.MxSettings;
import dev.authmail.smtp.PoolSettings;
import dev.authmail.smtp.PooledSmtpTransport;
import dev.authmail.smtp.SmtpClient;
import dev.authmail.smtp.SmtpClientSettings;
import dev.authmail.smtp.SmtpTransport;
import dev.authmail.smtp.Timeouts;
import dev.authmail.smtp.TrustAnchors;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How a signed message is handed over: DNS, connections, the direct hop, and what answers mean. */
@Configuration(proxyBeanMethods = false)
class DeliveryConfiguration {
    private static final int DNS_PORT = 53;

    private final AuthmailSettings settings;

    DeliveryConfiguration(AuthmailSettings settings) {
        this.settings = settings;
    }

    @Bean(destroyMethod = "close")
    DnsJava dns() {
        AuthmailSettings.Dns dns = settings.dns();
        DnsSettings standard = DnsSettings.defaults();
        return Checked.setting(
                "authmail.dns",
                () -> new DnsJava(new DnsSettings(
                        dns.servers().stream()
                                .map(DeliveryConfiguration::server)
                                .toList(),
                        dns.timeout(),
                        dns.retries(),
                        standard.cacheEntries(),
                        standard.maxTtl(),
                        standard.maxNegativeTtl())));
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

    @Bean(destroyMethod = "close")
    PooledSmtpTransport smtpTransport() {
        AuthmailSettings.Smtp smtp = settings.smtp();
        Path bundle = smtp.caBundle();
        TrustAnchors trust = bundle == null
                ? TrustAnchors.ofJvm()
                : Checked.setting("authmail.smtp.ca-bundle", () -> TrustAnchors.ofJvmAnd(bundle));
        SmtpClientSettings client = Checked.setting(
                "authmail.smtp.ehlo-name",
                () -> new SmtpClientSettings(ehloName(smtp.ehloName()), Timeouts.DEFAULT, trust, null));
        PoolSettings pool = Checked.setting(
                "authmail.smtp",
                () -> new PoolSettings(
                        smtp.maxConnectionsPerServer(),
                        smtp.maxConnections(),
                        smtp.idle(),
                        smtp.maxMessagesPerConnection(),
                        smtp.maxAge(),
                        PoolSettings.DEFAULT.checkAfterIdle()));
        return new PooledSmtpTransport(new SmtpClient(client), pool);
    }

    /** A container's host name is no name that an MX host believes, so it is only the last resort. */
    private static String ehloName(@Nullable String given) {
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

    @Bean
    Decider decider() {
        Path folder = settings.rules().folder();
        ReplyRules rules = folder == null
                ? ReplyRules.shipped()
                : Checked.setting(
                        "authmail.rules.folder", () -> RuleFolder.read(folder).then(ReplyRules.shipped()));
        return new Decider(new ReplyClassifier(rules));
    }

    /** The recipient's own MX hosts, as routes name them: {@code #direct}. */
    @Bean("direct")
    HopMailSender direct(Dns dns, SmtpTransport transport, Decider decider, Holds holds) {
        AuthmailSettings.Direct direct = settings.direct();
        Set<String> own = new HashSet<>(direct.ownHosts());
        MxSettings mx = Checked.setting(
                "authmail.direct",
                () -> new MxSettings(
                        direct.maxHosts(),
                        direct.maxAddresses(),
                        direct.allowPrivateAddresses(),
                        own,
                        direct.ipPreference()));
        Set<Domain> required = direct.tlsRequired().stream()
                .map(domain -> Checked.domain("authmail.direct.tls-required", domain))
                .collect(Collectors.toSet());
        boolean enabled = direct.enabled() == AuthmailSettings.Direct.Enabled.ALWAYS;
        DirectSettings hop = Checked.setting(
                "authmail.direct",
                () -> new DirectSettings(enabled, direct.port(), direct.tls(), required, direct.maxWait()));
        return Relays.sender(
                new DirectHop(new MxResolver(dns, mx, new SecureRandom()), transport, decider, hop), holds);
    }

    @Bean
    RetrySchedule retrySchedule() {
        return Checked.setting(
                "authmail.retry.tiers", () -> new RetrySchedule(settings.retry().tiers()));
    }

    @Bean
    DecideNextStep decideNextStep(Decider decider) {
        return new DecideNextStep(decider, Relays.configured(settings.relays()));
    }

    @Bean
    ConcludeAttempt concludeAttempt(RetrySchedule schedule, Holds holds, HoldBack holdBack, Clock clock) {
        return new ConcludeAttempt(new AttemptConclusion(schedule, clock), holds, holdBack);
    }
}
