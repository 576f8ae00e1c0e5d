package dev.authmail.config;

import dev.authmail.bounce.BounceReader;
import dev.authmail.bounce.BounceRules;
import dev.authmail.bounce.ProviderReportReader;
import dev.authmail.camel.DescribeBounce;
import dev.authmail.camel.DescribeQuarantine;
import dev.authmail.camel.FileMail;
import dev.authmail.camel.MailboxLogin;
import dev.authmail.camel.MailboxTrouble;
import dev.authmail.camel.MatchBounce;
import dev.authmail.camel.OneReader;
import dev.authmail.camel.ReadBounce;
import dev.authmail.camel.ReadProviderReport;
import dev.authmail.camel.RetryTopics;
import dev.authmail.camel.ReturnLog;
import dev.authmail.camel.TakeMail;
import dev.authmail.delivery.ReplyRules;
import dev.authmail.envelope.EnvelopeKeys;
import dev.authmail.ledger.LedgerSearch;
import dev.authmail.mime.MimeLimits;
import dev.authmail.returns.ReturnMatcher;
import dev.authmail.suppression.Suppressions;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.mail.search.SearchTerm;
import java.time.Clock;
import java.util.Properties;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.processor.aggregate.UseOriginalAggregationStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/** The mailbox that bounces come to, and the steps that say what they change. */
@Configuration(proxyBeanMethods = false)
class BounceConfiguration {
    private final AuthmailSettings settings;
    private final SettingsOfMailbox mailbox;
    private final Clock clock;

    BounceConfiguration(AuthmailSettings settings, Clock clock) {
        this.settings = settings;
        this.mailbox = new SettingsOfMailbox("authmail.bounces", settings.bounces());
        this.clock = clock;
    }

    @Bean
    Properties bounceProperties() {
        return mailbox.properties(new SettingsOfDelivery(settings).trust());
    }

    @Bean
    MailboxLogin bounceLogin() {
        return mailbox.login(new SettingsOfDelivery(settings).trust(), clock);
    }

    @Bean
    SearchTerm bouncesToRead() {
        return mailbox.toRead();
    }

    @Bean
    TakeMail takeBounce(OneReader oneReader, MailboxTrouble trouble) {
        return new TakeMail(mailbox.maxOctets(), oneReader, trouble, clock);
    }

    @Bean
    ReturnLog returnLog(MeterRegistry meters) {
        return new ReturnLog(meters);
    }

    @Bean
    ReadBounce readBounce(ReplyRules replyRules, ReturnLog log) {
        return new ReadBounce(new BounceReader(BounceRules.shipped(), replyRules, MimeLimits.defaults()), log);
    }

    /** Made when a route asks for it: rules take memory. */
    @Bean
    @Lazy
    ReadProviderReport readProviderReport(ReplyRules replyRules, ReturnLog log) {
        return new ReadProviderReport(new ProviderReportReader(replyRules), log, clock);
    }

    /** What fails in one part of a request is not the failure of the whole. */
    @Bean
    AggregationStrategy eachByItself() {
        return new UseOriginalAggregationStrategy(null, false);
    }

    @Bean
    MatchBounce matchBounce(EnvelopeKeys envelopeKeys, LedgerSearch ledger, Suppressions suppressions, ReturnLog log) {
        ReturnMatcher matcher = new ReturnMatcher(envelopeKeys, ledger::find, suppressions, TopicPlan.TWO_WEEKS, clock);
        return new MatchBounce(matcher, log, clock);
    }

    @Bean
    DescribeBounce describeBounce(RetryTopics retryTopics) {
        return new DescribeBounce(retryTopics);
    }

    @Bean
    FileMail fileBounce() {
        return new FileMail(mailbox.folders());
    }

    @Bean
    DescribeQuarantine describeQuarantine() {
        return new DescribeQuarantine();
    }
}
