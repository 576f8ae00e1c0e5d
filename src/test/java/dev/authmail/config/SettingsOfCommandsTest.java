package dev.authmail.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.authmail.command.CommandFailure;
import dev.authmail.command.ServiceSettings;
import dev.authmail.tlspolicy.TlsSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A command has the service's settings, from the same places, and is asked for no key. */
class SettingsOfCommandsTest {
    @TempDir
    private Path folder;

    @Test
    void whatIsNotSetIsAsTheReferenceHasIt() {
        long begin = System.nanoTime();
        ServiceSettings settings = SettingsOfCommands.read(List.of());

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(2));
        assertThat(settings.brokers()).isEqualTo("localhost:9092");
        assertThat(settings.topics())
                .isEqualTo(new ServiceSettings.TopicNames(
                        "registrations",
                        List.of("authmail.retry.30s", "authmail.retry.2m", "authmail.retry.10m", "authmail.retry.30m"),
                        "authmail.outcomes",
                        "authmail.dead-letter",
                        "authmail.ledger",
                        "authmail.suppressions",
                        "authmail.state",
                        Set.of(
                                "keycloak-events",
                                "outbox.event.User",
                                "hook.auth0",
                                "hook.supabase",
                                "hook.kratos",
                                "hook.zitadel",
                                "hook.postmark",
                                "hook.sendgrid",
                                "hook.ses")));
        assertThat(settings.hops()).as("no relay is configured").containsExactly("direct");
    }

    @Test
    void whoSaysThatTlsIsOptionalDoesNotHeedWhatDomainsDemand() {
        String resolver = "--authmail.dane.mode=local-resolver";

        assertThat(SettingsOfCommands.delivery(List.of(resolver)).tls())
                .matches(TlsSettings::sts)
                .matches(tls -> tls.dane() == TlsSettings.Dane.LOCAL_RESOLVER);
        assertThat(SettingsOfCommands.delivery(List.of(resolver, "--authmail.mail.tls-optional=true"))
                        .tls())
                .matches(tls -> !tls.sts())
                .matches(tls -> tls.dane() == TlsSettings.Dane.OFF);
    }

    @Test
    void anOptionIsStrongerThanAFileAndAFileThanTheReference() throws IOException {
        Path file = write("""
                password: secret
                authmail:
                  kafka:
                    brokers: kafka:9092
                    properties:
                      security.protocol: SASL_SSL
                      sasl.jaas.config: "Login password=${password};"
                  topics:
                    dead-letter: in-file
                    ledger: in-file
                """);

        ServiceSettings settings = SettingsOfCommands.read(
                List.of("--spring.config.additional-location=file:" + file, "--authmail.topics.ledger=in-option"));

        assertThat(settings.topics().deadLetter()).isEqualTo("in-file");
        assertThat(settings.topics().ledger()).isEqualTo("in-option");
        assertThat(settings.kafka())
                .containsEntry("bootstrap.servers", "kafka:9092")
                .containsEntry("security.protocol", "SASL_SSL")
                .containsEntry("sasl.jaas.config", "Login password=secret;");
        assertThat(settings).asString().contains("kafka:9092").doesNotContain("secret");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            --authmail.kafka.brokers=                        | authmail.kafka.brokers: is missing; give host:port
            --authmail.retry.tiers=2m,30s                    | authmail.retry.tiers: Retry tiers are [PT2M, PT30S]; each
            --authmail.topics.partitions=many                | authmail.topics.partitions: cannot be read: For input string
            --authmail.direct.enabled=sometimes              | authmail.direct.enabled: cannot be read: No enum constant
            --authmail.kafka.properties.acks=0               | authmail.kafka.properties: holds acks, which authmail sets
            --authmail.kafka.broker=kafka:9092               | authmail.kafka.broker: there is no such setting; the nearest
            --spring.config.location=file:/nowhere/file.yaml | resource 'file [/nowhere/file.yaml]' via location
            """)
    void whatIsWrongIsOneLineThatNamesIt(String option, String sentence) {
        CommandFailure failure =
                catchThrowableOfType(CommandFailure.class, () -> SettingsOfCommands.read(List.of(option)));

        assertThat(failure.getMessage()).startsWith(sentence).doesNotContain("\n");
        assertThat(failure.status()).isEqualTo(2);
    }

    @Test
    void aFileThatIsNoYamlIsNotQuoted() throws IOException {
        Path file = write("authmail:\n  kafka:\n  \"secret\n");

        CommandFailure failure = catchThrowableOfType(
                CommandFailure.class,
                () -> SettingsOfCommands.read(List.of("--spring.config.additional-location=file:" + file)));

        assertThat(failure.getMessage())
                .startsWith("a settings file is not YAML: ")
                .contains(" on line ")
                .doesNotContain("secret", "\n");
    }

    private Path write(String yaml) throws IOException {
        return Files.writeString(folder.resolve("mine.yaml"), yaml);
    }
}
