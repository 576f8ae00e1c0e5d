package dev.authmail.config;

import dev.authmail.camel.AnswerHook;
import dev.authmail.camel.HttpHeaders;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What optional routes need that map other systems' events and answer over HTTP. */
@Configuration(proxyBeanMethods = false)
class HttpConfiguration {
    private final AuthmailSettings settings;

    HttpConfiguration(AuthmailSettings settings) {
        this.settings = settings;
    }

    @Bean
    HttpHeaders httpHeaders() {
        return new HttpHeaders();
    }

    @Bean
    FilterRegistrationBean<BodyLimit> bodyLimit() {
        return new FilterRegistrationBean<>(
                new BodyLimit(Math.toIntExact(settings.http().maxBody().toBytes())));
    }

    @Bean(destroyMethod = "close")
    HookSenders hookSenders(Clock clock) {
        return new HookSenders(settings, clock);
    }

    @Bean
    AdapterSteps adapterSteps(HookSenders hookSenders, Clock clock) {
        return new AdapterSteps(settings, hookSenders, clock);
    }

    @Bean
    AnswerHook answerHook(MeterRegistry meters) {
        return new AnswerHook(meters);
    }
}
