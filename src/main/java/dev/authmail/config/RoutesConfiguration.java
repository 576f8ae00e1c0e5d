package dev.authmail.config;

import dev.authmail.camel.CancelEvent;
import dev.authmail.camel.DecideNextStep;
import dev.authmail.camel.DescribeDeadLetter;
import dev.authmail.camel.DescribeFailure;
import dev.authmail.camel.DescribeOutcome;
import dev.authmail.camel.DescribeRetry;
import dev.authmail.camel.NoteFailure;
import dev.authmail.camel.OutcomeLog;
import dev.authmail.camel.OutcomeMeters;
import dev.authmail.camel.ReadEvent;
import dev.authmail.camel.RefuseLate;
import dev.authmail.camel.RetryTopics;
import dev.authmail.camel.RouteFile;
import dev.authmail.camel.RouteFolder;
import dev.authmail.camel.RouteReload;
import dev.authmail.camel.RouteSet;
import dev.authmail.camel.ShortenLetter;
import dev.authmail.event.EventReader;
import dev.authmail.kafka.GroupLeader;
import dev.authmail.kafka.InFlight;
import dev.authmail.kafka.TopicFollower;
import dev.authmail.ledger.LedgerFollower;
import dev.authmail.outcome.LastFailures;
import dev.authmail.outcome.OutcomeWriter;
import dev.authmail.template.TemplateRenderer;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.engine.HashMapHeadersMapFactory;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The steps at both ends, and the route files that name all steps. */
@Configuration(proxyBeanMethods = false)
class RoutesConfiguration {
    private final AuthmailSettings settings;
    private final Clock clock;

    RoutesConfiguration(AuthmailSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    @Bean
    ReadEvent readEvent(RetryTopics retryTopics) {
        EventReader reader = Checked.setting(
                "authmail.kafka.max-event-size",
                () -> new EventReader(
                        settings.templates().defaultLocale(),
                        Math.toIntExact(settings.kafka().maxEventSize().toBytes())));
        Duration deadline = settings.deadline() == null ? settings.link().lifetime() : settings.deadline();
        return new ReadEvent(reader, retryTopics, deadline, clock);
    }

    @Bean
    RefuseLate refuseLate(RetryTopics retryTopics) {
        return new RefuseLate(settings.maxAge(), retryTopics);
    }

    @Bean
    CancelEvent cancelEvent() {
        return new CancelEvent();
    }

    @Bean
    DescribeRetry describeRetry(RetryTopics retryTopics) {
        return new DescribeRetry(retryTopics);
    }

    @Bean
    DescribeDeadLetter describeDeadLetter(RetryTopics retryTopics) {
        return new DescribeDeadLetter(
                retryTopics, Math.toIntExact(settings.kafka().maxRecordSize().toBytes()));
    }

    @Bean
    ShortenLetter shortenLetter() {
        return new ShortenLetter();
    }

    @Bean
    DescribeFailure describeFailure(DecideNextStep decideNextStep) {
        return new DescribeFailure(decideNextStep);
    }

    @Bean
    NoteFailure noteFailure() {
        return new NoteFailure();
    }

    @Bean
    DescribeOutcome describeOutcome(RetryTopics retryTopics, OutcomeMeters outcomeMeters, LastFailures failures) {
        return new DescribeOutcome(
                retryTopics, new OutcomeWriter("authmail", clock), new OutcomeLog(outcomeMeters, failures, clock));
    }

    @Bean
    RouteSet routeSet(CamelContext context, InFlight inFlight) throws IOException {
        return new RouteSet(
                context,
                new RouteFolder(shipped(), settings.routes().folder(), this::isSwitchedOn),
                inFlight::total,
                settings.smtp().attemptTimeout());
    }

    /** A file that reads what is not configured is left alone, the shipped one and an edited one. */
    private boolean isSwitchedOn(String file) {
        return switch (file) {
            case "bounces.camel.yaml" -> settings.bounces().isConfigured();
            case "reports.camel.yaml" -> settings.reports().isConfigured();
            default -> true;
        };
    }

    private List<RouteFile> shipped() throws IOException {
        List<RouteFile> files = new ArrayList<>(ShippedRoutes.base());
        files.addAll(ShippedRoutes.optional(settings.routes().optional()));
        return files;
    }

    @Bean("routesHealthIndicator")
    RoutesHealth routesHealth(CamelContext context, RouteSet routes, TemplateRenderer templates) {
        return new RoutesHealth(context, routes, templates);
    }

    @Bean("followersHealthIndicator")
    FollowersHealth followersHealth(
            LedgerFollower ledger, TopicFollower suppressionFollower, TopicFollower stateFollower) {
        return new FollowersHealth(ledger, suppressionFollower, stateFollower, clock);
    }

    @Bean(destroyMethod = "close")
    RouteReload routeReload(RouteSet routes) {
        return new RouteReload(routes);
    }

    @Bean
    CamelContextConfiguration startRoutes(
            RouteSet routes,
            RouteReload reload,
            RetryTopics retryTopics,
            Relays.Senders relays,
            LedgerFollower ledger,
            TopicFollower suppressionFollower,
            TopicFollower stateFollower,
            TopicFollower verifiedFollower,
            TopicFollower reportFollower,
            AdapterSteps adapters,
            GroupLeader mailboxReader) {
        return new CamelContextConfiguration() {
            @Override
            public void beforeApplicationStart(CamelContext context) {
                // Kafka's header names are case-sensitive; Camel's usual map would write Content-Type for content-type.
                context.getCamelContextExtension().setHeadersMapFactory(new HashMapHeadersMapFactory());
                requireSomeWay();
                relays.byName().forEach(context.getRegistry()::bind);
                adapters.bind(context.getRegistry());
                load(routes);
                requireOpenPort(routes);
                new TopicsAtStart(settings, retryTopics.names()).ensure();
                readTopics(ledger, suppressionFollower, stateFollower);
                readConfirmed(verifiedFollower);
                if (settings.reports().isConfigured()) {
                    readReports(reportFollower);
                }
                if (settings.bounces().isConfigured() || settings.reports().isConfigured()) {
                    mailboxReader.start();
                }
            }

            @Override
            public void afterApplicationStart(CamelContext context) {
                Duration interval = settings.routes().reloadInterval();
                if (settings.routes().folder() != null && !interval.isZero()) {
                    reload.start(interval);
                }
            }
        };
    }

    /** No report is read before those are known that came. */
    private void readReports(TopicFollower reports) {
        reports.start();
        try {
            Duration limit = settings.kafka().startTimeout();
            require(
                    reports.awaitCaughtUp(limit),
                    "authmail.kafka.start-timeout",
                    settings.topics().reports(),
                    limit);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped while the reports were read", e);
        }
    }

    /** No event is taken before all that stands in these topics is known. */
    private void readTopics(LedgerFollower ledger, TopicFollower suppressions, TopicFollower state) {
        state.start();
        suppressions.start();
        ledger.start();
        try {
            Duration limit = settings.kafka().startTimeout();
            require(
                    state.awaitCaughtUp(limit),
                    "authmail.kafka.start-timeout",
                    settings.topics().state(),
                    limit);
            limit = settings.suppression().startTimeout();
            require(
                    suppressions.awaitCaughtUp(limit),
                    "authmail.suppression.start-timeout",
                    settings.topics().suppressions(),
                    limit);
            limit = settings.ledger().startTimeout();
            require(
                    ledger.awaitCaughtUp(limit),
                    "authmail.ledger.start-timeout",
                    settings.topics().ledger(),
                    limit);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped while the ledger was read", e);
        }
    }

    /** The landing page answers when it knows which links were redeemed. */
    private void readConfirmed(TopicFollower verified) {
        if (!settings.routes().optional().contains("landing-page")) {
            return;
        }
        verified.start();
        try {
            Duration limit = settings.kafka().startTimeout();
            require(
                    verified.awaitCaughtUp(limit),
                    "authmail.kafka.start-timeout",
                    settings.topics().verified(),
                    limit);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped while the confirmed addresses were read", e);
        }
    }

    private static void require(boolean caughtUp, String setting, String topic, Duration limit) {
        if (!caughtUp) {
            throw new SettingsException(
                    setting,
                    "the topic " + topic + " could not be read to its end in " + limit
                            + "; give it longer or look at the broker");
        }
    }

    private void requireSomeWay() {
        boolean direct = settings.direct().enabled() != AuthmailSettings.Direct.Enabled.NEVER;
        if (!direct && Relays.configured(settings.relays()).isEmpty()) {
            throw new SettingsException(
                    "authmail.relays.relay.host",
                    "is missing and authmail.direct.enabled is never, so no mail can leave; name a relay or open the"
                            + " direct route");
        }
    }

    private void requireOpenPort(RouteSet routes) {
        if (settings.http().port() < 0 && routes.uses("platform-http")) {
            throw new SettingsException(
                    "authmail.http.port", "is -1, yet a route answers over HTTP; give it a port such as 8080");
        }
    }

    private void load(RouteSet routes) {
        try {
            routes.load();
        } catch (IllegalStateException broken) {
            throw new SettingsException("authmail.routes.folder", String.valueOf(broken.getMessage()));
        } catch (Exception e) {
            throw new IllegalStateException("the routes could not be loaded", e);
        }
        Set<String> unused = routes.unusedHops(Relays.configured(settings.relays()));
        if (!unused.isEmpty()) {
            throw new SettingsException(
                    "authmail.relays." + unused.iterator().next(),
                    "no route sends to it; add an smtp step with javaMailSender \"#"
                            + unused.iterator().next() + "\" to deliver.camel.yaml");
        }
    }
}
