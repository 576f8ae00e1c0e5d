package dev.authmail.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ClassPathResource;

/** A name with a slip in it stops the start, and what has a meaning to Spring Boot or Kubernetes does not. */
class UnknownSettingsTest {
    @Test
    void theReferenceHoldsNone() throws IOException {
        new YamlPropertySourceLoader()
                .load("reference", new ClassPathResource("application.yaml"))
                .forEach(source -> assertThatCode(() -> refuse(source)).doesNotThrowAnyException());
    }

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource(textBlock = """
            authmail.kafka.max-in-fligth,       authmail.kafka.max-in-flight,        letters exchanged
            authmail.mail.form,                 authmail.mail.from,                  letters exchanged
            authmail.kafka.broker,              authmail.kafka.brokers,              a letter less
            authmail.dead-line,                 '',                                  only the dashes differ
            authmail.deadlines,                 authmail.deadline,                   a letter more
            authmail.brokers,                   authmail.kafka.brokers,              without its part
            authmail.relays.mine.hots,          authmail.relays.<name>.host,         in a map
            authmail.dkim.keys[0].slector,      authmail.dkim.keys[0].selector,      in a list
            authmail.kafka.properties.any.name, '',                                  any property of Kafka
            authmail.link.paths.reset,          '',                                  a path of any purpose
            authmail.relays.mine.host,          '',                                  a relay of any name
            authmail.kafka.maxInFlight,         '',                                  as Java writes it
            authmail.dkim.keys[1].file,         '',                                  in a list
            authmail.dns.servers[2],            '',                                  in a list of words
            authmail.mail,                      '',                                  a part of a file without a line
            authmailer.anything,                '',                                  somebody else's
            """)
    void aProperty(String name, String nearest, String reason) {
        assertRefused(new MapPropertySource("file", Map.of(name, "")), name, nearest);
    }

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource(textBlock = """
            AUTHMAIL_MAIL_FORM,               authmail.mail.from,     letters exchanged
            AUTHMAIL_MAIL_FROMNAME,           '',                     as Spring Boot writes it
            AUTHMAIL_MAIL_FROM_NAME,          '',                     as people write it
            AUTHMAIL_DKIM_KEYS_0_SELECTOR,    '',                     in a list
            AUTHMAIL_RELAYS_RELAY_HOST,       '',                     in a map
            AUTHMAIL_KAFKA_PROPERTIES_SASL_MECHANISM, '',             any property of Kafka
            AUTHMAIL_SERVICE_HOST,            '',                     Kubernetes tells of a Service named authmail
            AUTHMAIL_PORT_8080_TCP_ADDR,      '',                     the same
            AUTHMAIL_BOUNCES_SERVICE_PORT_HTTP, '',                   of another
            AUTHMAILER_HOME,                  '',                     somebody else's
            """)
    void aVariable(String name, String nearest, String reason) {
        assertRefused(new SystemEnvironmentPropertySource("systemEnvironment", Map.of(name, "x")), name, nearest);
    }

    private static void assertRefused(PropertySource<?> source, String name, String nearest) {
        Throwable refusal = catchThrowable(() -> refuse(source));
        if (nearest.isEmpty()) {
            assertThat(refusal).isNull();
        } else {
            assertThat(refusal)
                    .isInstanceOf(SettingsException.class)
                    .hasMessage(name + ": there is no such setting; the nearest is " + nearest);
        }
    }

    private static void refuse(PropertySource<?> source) {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .forEach(s -> environment.getPropertySources().remove(s.getName()));
        environment.getPropertySources().addFirst(source);
        UnknownSettings.refuse(environment);
    }
}
