package dev.authmail.config;

import dev.authmail.delivery.Decider;
import dev.authmail.delivery.ReplyClassifier;
import dev.authmail.delivery.ReplyRules;
import dev.authmail.delivery.UnknownReplies;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What replies mean, and which of them nobody knows. */
@Configuration(proxyBeanMethods = false)
class RulesConfiguration {
    private final AuthmailSettings settings;

    RulesConfiguration(AuthmailSettings settings) {
        this.settings = settings;
    }

    @Bean
    UnknownReplies unknownReplies(Clock clock) {
        return new UnknownReplies(clock);
    }

    @Bean
    UnknownRepliesEndpoint unknownRepliesEndpoint(UnknownReplies replies) {
        return new UnknownRepliesEndpoint(replies);
    }

    @Bean
    ReplyRules replyRules() {
        Path folder = settings.rules().folder();
        return folder == null
                ? ReplyRules.shipped()
                : Checked.setting("authmail.rules.folder", () -> ReplyRules.withOwn(folder));
    }

    @Bean
    ReplyClassifier replyClassifier(ReplyRules rules) {
        return new ReplyClassifier(rules);
    }

    @Bean
    Decider decider(ReplyClassifier classifier, UnknownReplies unknown, MeterRegistry meters) {
        return new Decider(classifier, new UnknownReplyLog(unknown, meters));
    }
}
