package dev.authmail.config;

import dev.authmail.authurl.UrlKeys;
import dev.authmail.camel.ShowPage;
import dev.authmail.camel.VisitPage;
import dev.authmail.kafka.TopicFollower;
import dev.authmail.landing.LandingHtml;
import dev.authmail.landing.LandingPage;
import dev.authmail.landing.Redeemed;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The landing page, for the optional route of that name. */
@Configuration(proxyBeanMethods = false)
class LandingConfiguration {
    private static final int MOST_LINKS = 500_000;

    private final AuthmailSettings settings;
    private final Clock clock;

    LandingConfiguration(AuthmailSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    @Bean
    Redeemed redeemed() {
        return new Redeemed(MOST_LINKS, clock);
    }

    /** Started with the other followers when the page is on. */
    @Bean(destroyMethod = "close")
    TopicFollower verifiedFollower(Redeemed redeemed) {
        return new TopicFollower(
                KafkaClients.properties(settings.kafka()),
                settings.topics().verified(),
                settings.link().lifetime().plusDays(1),
                redeemed::learn,
                clock);
    }

    @Bean
    LandingHtml landingHtml() {
        return new LandingHtml(settings.mail().product(), String.valueOf(origin()));
    }

    @Bean
    VisitPage visitPage(LandingHtml html, Redeemed redeemed) {
        Path folder = Checked.required(
                "authmail.link.keys", settings.link().keys(), "make one with: java -jar authmail.jar keygen url");
        UrlKeys keys = Checked.setting("authmail.link.keys", () -> UrlKeys.read(folder));
        return new VisitPage(
                Checked.setting(
                        "authmail.link",
                        () -> new LandingPage(
                                keys.verifier(origin(), clock), settings.link().paths(), redeemed, clock)),
                html);
    }

    @Bean
    ShowPage showPage(LandingHtml html) {
        return new ShowPage(html.contentSecurityPolicy());
    }

    private URI origin() {
        return Checked.required(
                "authmail.link.origin", settings.link().origin(), "give the public origin of your application");
    }
}
