package dev.authmail.config;

import dev.authmail.camel.CollectTlsReports;
import dev.authmail.camel.HopMailSender;
import dev.authmail.camel.SendTlsReport;
import dev.authmail.delivery.Hop;
import dev.authmail.dkim.DkimSigner;
import dev.authmail.dns.Dns;
import dev.authmail.https.StrangersHttps;
import dev.authmail.mail.ReportComposer;
import dev.authmail.tlspolicy.TlsSettings;
import dev.authmail.tlsreport.DueReports;
import dev.authmail.tlsreport.ReportDelivery;
import dev.authmail.tlsreport.ReportMail;
import dev.authmail.tlsreport.ReportUpload;
import dev.authmail.tlsreport.Reporter;
import dev.authmail.tlsreport.TlsSessions;
import dev.authmail.tlsreport.UnsentReports;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Daily TLS reports to the domains that ask for them. RFC 8460. */
@Configuration(proxyBeanMethods = false)
class TlsReportConfiguration {
    private static final Duration UPLOAD = Duration.ofSeconds(60);

    private final AuthmailSettings settings;

    TlsReportConfiguration(AuthmailSettings settings) {
        this.settings = settings;
    }

    @Bean
    TlsSessions tlsSessions(Clock clock) {
        return new TlsSessions(clock);
    }

    @Bean
    UnsentReports unsentReports(Clock clock) {
        return new UnsentReports(clock);
    }

    @Bean
    CollectTlsReports collectTlsReports(TlsSessions sessions, UnsentReports unsent, Dns dns) {
        return new CollectTlsReports(
                settings.tlsReports().enabled()
                        ? new DueReports(sessions, unsent, dns, reporter(), new SecureRandom())
                        : List::of);
    }

    private Reporter reporter() {
        SettingsOfMail mail = new SettingsOfMail(settings);
        String support = mail.support();
        return new Reporter(mail.product(), support == null ? mail.from().wire() : support, mail.from());
    }

    @Bean(destroyMethod = "close")
    ReportUpload reportUpload() {
        SettingsOfDelivery delivery = new SettingsOfDelivery(settings);
        TlsSettings tls = delivery.tls();
        return new ReportUpload(new StrangersHttps(
                tls.authorities().sslContext(), tls.proxy(), UPLOAD, SettingsOfDelivery.mayConnect(delivery.mx())));
    }

    @Bean
    SendTlsReport sendTlsReport(
            DkimSigner signer,
            ReportUpload upload,
            UnsentReports unsent,
            Relays.Senders relays,
            HopMailSender direct,
            Clock clock) {
        List<Hop> hops = new ArrayList<>(relays.hops());
        hops.add(direct.hop());
        ReportDelivery delivery = new ReportDelivery(
                new ReportMail(reporter(), new ReportComposer(clock)),
                signer,
                hops,
                settings.smtp().attemptTimeout(),
                upload);
        return new SendTlsReport(delivery::send, unsent);
    }
}
