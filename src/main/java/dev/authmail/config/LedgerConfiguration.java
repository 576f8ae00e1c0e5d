package dev.authmail.config;

import dev.authmail.camel.ConsultLedger;
import dev.authmail.camel.DescribeStanding;
import dev.authmail.camel.LearnStanding;
import dev.authmail.camel.RetryTopics;
import dev.authmail.ledger.Ledger;
import dev.authmail.ledger.LedgerFollower;
import dev.authmail.ledger.LedgerSearch;
import dev.authmail.suppression.Suppressions;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where each event stands, and the steps that ask and tell. */
@Configuration(proxyBeanMethods = false)
class LedgerConfiguration {
    private final AuthmailSettings settings;
    private final Clock clock;

    LedgerConfiguration(AuthmailSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    @Bean
    Ledger ledger(MeterRegistry meters) {
        AuthmailSettings.LedgerSettings window = settings.ledger();
        Ledger ledger =
                Checked.setting("authmail.ledger", () -> new Ledger(window.window(), window.maxEntries(), clock));
        Gauge.builder("authmail.ledger.entries", ledger, Ledger::size)
                .description("Events that are known, so that a repetition is not mailed")
                .register(meters);
        FunctionCounter.builder("authmail.ledger.forgotten.early", ledger, Ledger::forgottenEarly)
                .description("Events forgotten within the window because authmail.ledger.max-entries was reached")
                .register(meters);
        return ledger;
    }

    @Bean(destroyMethod = "close")
    LedgerFollower ledgerFollower(Ledger ledger) {
        return new LedgerFollower(
                KafkaClients.properties(settings.kafka()),
                settings.topics().ledger(),
                settings.ledger().window(),
                ledger,
                clock);
    }

    /** For what comes back: by the fingerprint alone, and as far back as the topic reaches. */
    @Bean(destroyMethod = "close")
    LedgerSearch ledgerSearch() {
        return new LedgerSearch(
                KafkaClients.properties(settings.kafka()),
                settings.topics().ledger(),
                settings.ledger().maxEntries());
    }

    @Bean
    ConsultLedger consultLedger(Ledger ledger, RetryTopics retryTopics) {
        return new ConsultLedger(ledger, retryTopics, settings.superseding());
    }

    @Bean
    DescribeStanding describeStanding(RetryTopics retryTopics, Suppressions suppressions) {
        return new DescribeStanding(retryTopics, suppressions, clock);
    }

    @Bean
    LearnStanding learnStanding(Ledger ledger) {
        return new LearnStanding(ledger);
    }
}
