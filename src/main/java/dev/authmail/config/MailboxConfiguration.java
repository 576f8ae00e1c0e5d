package dev.authmail.config;

import dev.authmail.camel.MailboxTrouble;
import dev.authmail.camel.MailboxUids;
import dev.authmail.camel.OneReader;
import dev.authmail.kafka.GroupLeader;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What all mailboxes that are read have in common: one replica reads them. */
@Configuration(proxyBeanMethods = false)
class MailboxConfiguration {
    /** How long a poll may go on when another replica is to take over. */
    private static final Duration LONGEST_TURN = Duration.ofSeconds(60);

    private final AuthmailSettings settings;

    MailboxConfiguration(AuthmailSettings settings) {
        this.settings = settings;
    }

    @Bean(destroyMethod = "close")
    GroupLeader mailboxReader(MeterRegistry meters) {
        GroupLeader leader = new GroupLeader(
                KafkaClients.properties(settings.kafka()),
                settings.topics().state(),
                settings.kafka().group() + ".mailbox",
                LONGEST_TURN);
        Gauge.builder("authmail.mailbox.reader", leader, l -> l.leads() ? 1 : 0)
                .description("1 on the replica that reads the mailboxes")
                .register(meters);
        return leader;
    }

    @Bean
    OneReader oneReader(GroupLeader mailboxReader) {
        return new OneReader(mailboxReader);
    }

    @Bean
    MailboxTrouble mailboxTrouble(MeterRegistry meters) {
        return new MailboxTrouble(meters);
    }

    @Bean
    MailboxUids mailboxUids() {
        return new MailboxUids();
    }
}
