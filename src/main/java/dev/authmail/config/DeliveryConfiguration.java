package dev.authmail.config;

import dev.authmail.camel.ConcludeAttempt;
import dev.authmail.camel.DecideNextStep;
import dev.authmail.camel.HoldBack;
import dev.authmail.camel.HopMailSender;
import dev.authmail.delivery.AttemptConclusion;
import dev.authmail.delivery.Decider;
import dev.authmail.delivery.DirectHop;
import dev.authmail.delivery.RetrySchedule;
import dev.authmail.dns.Dns;
import dev.authmail.dns.DnsJava;
import dev.authmail.hold.Holds;
import dev.authmail.mx.MxResolver;
import dev.authmail.smtp.PooledSmtpTransport;
import dev.authmail.smtp.SmtpClient;
import dev.authmail.smtp.SmtpTransport;
import dev.authmail.traffic.Breakers;
import dev.authmail.traffic.Closures;
import dev.authmail.traffic.Connections;
import dev.authmail.traffic.Gate;
import java.security.SecureRandom;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

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
        return Checked.setting("authmail.dns", () -> new DnsJava(delivery.dns()));
    }

    @Bean(destroyMethod = "close")
    PooledSmtpTransport smtpTransport() {
        return new PooledSmtpTransport(new SmtpClient(delivery.client()), delivery.pool());
    }

    /** The recipient's own MX hosts, as routes name them: {@code #direct}. */
    @Bean("direct")
    HopMailSender direct(
            Dns dns,
            SmtpTransport transport,
            Decider decider,
            Holds holds,
            Breakers breakers,
            Closures closures,
            Connections connections) {
        MxResolver resolver = new MxResolver(dns, delivery.mx(), new SecureRandom());
        Gate gate = TrafficConfiguration.direct(breakers, closures, connections);
        return Relays.sender(new DirectHop(resolver, transport, gate, decider, delivery.direct()), holds);
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
    ConcludeAttempt concludeAttempt(RetrySchedule schedule, Holds holds, HoldBack holdBack, Clock clock) {
        return new ConcludeAttempt(new AttemptConclusion(schedule, clock), holds, holdBack);
    }
}
