package dev.authmail.config;

import dev.authmail.camel.DescribeReport;
import dev.authmail.camel.FileMail;
import dev.authmail.camel.LearnReport;
import dev.authmail.camel.MailboxLogin;
import dev.authmail.camel.MailboxTrouble;
import dev.authmail.camel.OneReader;
import dev.authmail.camel.ReadReport;
import dev.authmail.camel.ReportLog;
import dev.authmail.camel.TakeMail;
import dev.authmail.kafka.TopicFollower;
import dev.authmail.reports.ReportReader;
import dev.authmail.reports.ReportTally;
import dev.authmail.reports.UnpackLimits;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.mail.search.SearchTerm;
import java.time.Clock;
import java.util.Properties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The mailbox that DMARC and TLS reports come to. */
@Configuration(proxyBeanMethods = false)
class ReportsConfiguration {
    private final AuthmailSettings settings;
    private final SettingsOfMailbox mailbox;
    private final Clock clock;

    ReportsConfiguration(AuthmailSettings settings, Clock clock) {
        this.settings = settings;
        this.mailbox = new SettingsOfMailbox("authmail.reports", settings.reports());
        this.clock = clock;
    }

    @Bean
    Properties reportProperties() {
        return mailbox.properties(new SettingsOfDelivery(settings).trust());
    }

    @Bean
    MailboxLogin reportLogin() {
        return mailbox.login(new SettingsOfDelivery(settings).trust(), clock);
    }

    @Bean
    SearchTerm reportsToRead() {
        return mailbox.toRead();
    }

    @Bean
    TakeMail takeReport(OneReader oneReader, MailboxTrouble trouble) {
        return new TakeMail(mailbox.maxOctets(), oneReader, trouble, clock);
    }

    @Bean
    ReportTally reportTally() {
        return new ReportTally(clock);
    }

    /** Every replica knows what came, whichever reads. */
    @Bean(destroyMethod = "close")
    TopicFollower reportFollower(ReportTally tally) {
        return new TopicFollower(
                KafkaClients.properties(settings.kafka()),
                settings.topics().reports(),
                ReportTally.MONTH,
                tally::learn,
                clock);
    }

    @Bean
    ReportLog reportLog(MeterRegistry meters) {
        return new ReportLog(meters);
    }

    @Bean
    ReadReport readReport(ReportTally tally, ReportLog log) {
        return new ReadReport(new ReportReader(UnpackLimits.defaults()), tally, log);
    }

    @Bean
    DescribeReport describeReport() {
        return new DescribeReport();
    }

    @Bean
    LearnReport learnReport(ReportTally tally, ReportLog log) {
        return new LearnReport(tally, log);
    }

    @Bean
    FileMail fileReport() {
        return new FileMail(mailbox.folders());
    }
}
