package dev.authmail.config;

import dev.authmail.camel.RefuseLimited;
import dev.authmail.camel.RetryTopics;
import dev.authmail.keys.HmacKey;
import dev.authmail.limit.LimitSettings;
import dev.authmail.limit.MailLimits;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How many mails one recipient, domain or source may cause. */
@Configuration(proxyBeanMethods = false)
class LimitConfiguration {
    @Bean
    RefuseLimited refuseLimited(AuthmailSettings settings, RetryTopics retryTopics, Clock clock, MeterRegistry meters) {
        AuthmailSettings.Limits limits = settings.limits();
        LimitSettings checked = Checked.setting(
                "authmail.limits",
                () -> new LimitSettings(
                        limits.recipientPerHour(),
                        limits.domainPerHour(),
                        limits.sourcePerHour(),
                        limits.resendCoolDown(),
                        limits.maxEntries()));
        byte[] secret = new byte[HmacKey.MIN_OCTETS];
        new SecureRandom().nextBytes(secret);
        String header = limits.sourceHeader();
        if (limits.sourcePerHour() > 0 && (header == null || header.isBlank())) {
            throw new SettingsException(
                    "authmail.limits.source-header",
                    "is missing, yet source-per-hour is set; name the header that says who caused an event");
        }
        return new RefuseLimited(
                new MailLimits(checked, new HmacKey(secret), clock),
                header == null || header.isBlank() ? null : header,
                retryTopics,
                meters);
    }
}
