package dev.authmail.config;

import dev.authmail.camel.ConcludeAttempt;
import dev.authmail.camel.DecideNextStep;
import dev.authmail.camel.HeedObstacles;
import dev.authmail.camel.HoldBack;
import dev.authmail.camel.HopMailSender;
import dev.authmail.delivery.AttemptConclusion;
import dev.authmail.delivery.Decider;
import dev.authmail.delivery.DirectHealth;
import dev.authmail.delivery.DirectHop;
import dev.authmail.delivery.GatedHop;
import dev.authmail.delivery.Hop;
import dev.authmail.delivery.RetrySchedule;
import dev.authmail.delivery.TlsObserver;
import dev.authmail.dns.Dns;
import dev.authmail.dns.DnsJava;
import dev.authmail.hold.Holds;
import dev.authmail.mx.MxResolver;
import dev.authmail.smtp.PooledSmtpTransport;
import dev.authmail.smtp.SmtpClient;
import dev.authmail.smtp.SmtpServer;
import dev.authmail.smtp.SmtpTransport;
import dev.authmail.tlspolicy.TlsPolicies;
import dev.authmail.tlsreport.TlsSessions;
import dev.authmail.tracing.TracedTransport;
import dev.authmail.traffic.Gate;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/** How a signed message is handed over: DNS, connections, the direct hop, and what answers mean. */
@Configuration(proxyBeanMethods = false)
class DeliveryConfiguration {
    private final AuthmailSettings settings;
    private final SettingsOfDelivery delivery;

    DeliveryConfiguration(AuthmailSettings settings) {
        this.settings = settings;
        this.delivery = new SettingsOfDelivery(settings);
    }

    @Bean(destroyMethod = "close")
    DnsJava dns() {
        return delivery.open(delivery.tls());
    }

    @Bean(destroyMethod = "close")
    TlsPolicies tlsPolicies(Dns dns, Clock clock) {
        return TlsPolicies.open(
                delivery.tls(), dns, delivery.direct().port(), SettingsOfDelivery.mayConnect(delivery.mx()), clock);
    }

    @Bean(destroyMethod = "close")
    PooledSmtpTransport smtpTransport(ToIntFunction<SmtpServer> messagesPerConnection) {
        return new PooledSmtpTransport(new SmtpClient(delivery.client()), delivery.pool(), messagesPerConnection);
    }

    /** What hops send by; the pool itself is for those who count its connections. */
    @Bean(destroyMethod = "")
    @Primary
    SmtpTransport tracedTransport(PooledSmtpTransport transport) {
        return new TracedTransport(transport, Relays.tracer());
    }

    /** The recipient's own MX hosts, as routes name them: {@code #direct}. */
    @Bean("direct")
    HopMailSender direct(
            Dns dns,
            TlsPolicies policies,
            SmtpTransport transport,
            Decider decider,
            Holds holds,
            Gate directGate,
            DirectHealth health,
            TlsSessions sessions) {
        MxResolver resolver = new MxResolver(dns, delivery.mx(), new SecureRandom());
        TlsObserver observer = settings.tlsReports().enabled() ? sessions : TlsObserver.DEAF;
        DirectHop hop = new DirectHop(resolver, policies, transport, directGate, decider, delivery.direct(), observer);
        boolean gated = settings.direct().enabled() == AuthmailSettings.Direct.Enabled.HEALTHY;
        return Relays.sender(gated ? new GatedHop(hop, health::closed) : hop, holds);
    }

    @Bean
    Relays.Senders relays(SmtpTransport transport, Gate relayGate, Holds holds) {
        return Relays.senders(settings.relays(), transport, relayGate, holds);
    }

    @Bean
    RetrySchedule retrySchedule() {
        return delivery.schedule();
    }

    @Bean
    DecideNextStep decideNextStep(Decider decider) {
        return new DecideNextStep(decider, Relays.configured(settings.relays()));
    }

    @Bean
    HeedObstacles heedObstacles(Relays.Senders relays, HopMailSender direct, DecideNextStep decideNextStep) {
        List<Hop> hops = new ArrayList<>(relays.hops());
        hops.add(direct.hop());
        return new HeedObstacles(hops, decideNextStep);
    }

    @Bean
    ConcludeAttempt concludeAttempt(RetrySchedule schedule, Holds holds, HoldBack holdBack, Clock clock) {
        return new ConcludeAttempt(new AttemptConclusion(schedule, clock), holds, holdBack);
    }
}
