package dev.authmail.config;

import dev.authmail.camel.RetryTopics;
import dev.authmail.camel.TakeHook;
import dev.authmail.command.CommandFailure;
import dev.authmail.command.DeliverySetup;
import dev.authmail.command.DoctorSetup;
import dev.authmail.command.SendTestSetup;
import dev.authmail.command.ServiceSettings;
import dev.authmail.command.ServiceSettings.TopicNames;
import dev.authmail.delivery.RetrySchedule;
import dev.authmail.lint.SampleMail;
import dev.authmail.smtp.Dialogue;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.context.config.ConfigDataNotFoundException;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.support.SpringApplicationJsonEnvironmentPostProcessor;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.env.SimpleCommandLinePropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** Reads the service's settings for a command, from the same places, without starting anything. */
public final class SettingsOfCommands {
    private SettingsOfCommands() {}

    /**
     * Reads what commands need that talk to Kafka. Only that is asked for: a command does not want keys.
     *
     * @param options such as {@code --authmail.kafka.brokers=…} and {@code --spring.config.location=…}
     * @throws CommandFailure naming the setting that is wrong, or the file that cannot be read
     */
    public static ServiceSettings read(List<String> options) {
        return read(options, SettingsOfCommands::forCommands);
    }

    /** Reads how mail is delivered, as {@link #read(List)} does. No password is read. */
    public static DeliverySetup delivery(List<String> options) {
        return read(options, SettingsOfCommands::delivery);
    }

    /** Composes a mail of every template, as {@link #read(List)} does. No key is read. */
    public static List<SampleMail> samples(List<String> options) {
        return read(options, settings -> {
            SettingsOfMail mail = new SettingsOfMail(settings);
            Clock clock = Clock.systemUTC();
            return mail.samples(mail.renderer(clock), clock);
        });
    }

    /** Reads the set-up that the doctor examines, as {@link #read(List)} does. DKIM keys and passwords of relays are read. */
    public static DoctorSetup doctor(List<String> options) {
        return read(options, settings -> new SettingsOfDoctor(settings).setup(Clock.systemUTC()));
    }

    /** Reads all that a mail needs, as {@link #read(List)} does. Every key and the passwords of relays are read. */
    public static SendTestSetup sendTest(List<String> options, Dialogue dialogue) {
        return read(options, settings -> new SettingsOfSendTest(settings).setup(dialogue, Clock.systemUTC()));
    }

    private static <T> T read(List<String> options, Function<AuthmailSettings, T> part) {
        return told(() -> part.apply(bind(options)));
    }

    /** What is wrong with settings is a failure of the command. */
    static <T> T told(Supplier<T> read) {
        try {
            return read.get();
        } catch (SettingsException wrong) {
            throw CommandFailure.usage(String.valueOf(wrong.getMessage()));
        } catch (BindException wrong) {
            throw CommandFailure.usage(sentence(wrong));
        } catch (ConfigDataNotFoundException absent) {
            throw CommandFailure.usage(absent.getReferenceDescription() + " is not there");
        } catch (MarkedYAMLException broken) {
            throw CommandFailure.usage(sentence(broken));
        }
    }

    private static AuthmailSettings bind(List<String> options) {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new SimpleCommandLinePropertySource(options.toArray(String[]::new)));
        new SpringApplicationJsonEnvironmentPostProcessor()
                .postProcessEnvironment(environment, new SpringApplication());
        ConfigDataEnvironmentPostProcessor.applyTo(environment);
        ConfigurationPropertySources.attach(environment);
        UnknownSettings.refuse(environment);
        return Binder.get(environment).bindOrCreate("authmail", AuthmailSettings.class);
    }

    private static ServiceSettings forCommands(AuthmailSettings settings) {
        AuthmailSettings.Kafka kafka = settings.kafka();
        List<String> retry = retryTopics(settings);
        return new ServiceSettings(
                KafkaClients.brokers(kafka),
                KafkaClients.impatient(kafka),
                kafka.startTimeout(),
                names(settings, retry),
                TopicPlan.of(settings, retry),
                TopicPlan.largestRecord(kafka),
                Math.toIntExact(kafka.maxEventSize().toBytes()),
                settings.superseding(),
                settings.suppression().folder(),
                Relays.hops(settings));
    }

    private static TopicNames names(AuthmailSettings settings, List<String> retry) {
        AuthmailSettings.Topics topics = settings.topics();
        return new TopicNames(
                topics.registrations(),
                retry,
                topics.outcomes(),
                topics.deadLetter(),
                topics.ledger(),
                topics.suppressions(),
                topics.state(),
                adapters(settings));
    }

    private static Set<String> adapters(AuthmailSettings settings) {
        Set<String> sources = new HashSet<>();
        sources.add(settings.adapters().keycloakTopic());
        sources.add(settings.adapters().debeziumTopic());
        settings.http().hooks().keySet().forEach(hook -> sources.add(TakeHook.source(hook)));
        sources.remove(settings.topics().registrations());
        return sources;
    }

    private static DeliverySetup delivery(AuthmailSettings settings) {
        SettingsOfDelivery delivery = new SettingsOfDelivery(settings);
        return new DeliverySetup(
                Optional.ofNullable(settings.rules().folder()),
                Relays.withoutCredentials(settings.relays()),
                delivery.direct(),
                delivery.mx(),
                delivery.dns(),
                delivery.tls(),
                delivery.pool(),
                delivery.limits(),
                delivery.schedule(),
                settings.smtp().attemptTimeout());
    }

    private static List<String> retryTopics(AuthmailSettings settings) {
        RetrySchedule schedule = new SettingsOfDelivery(settings).schedule();
        return new RetryTopics(settings.topics().retry(), schedule.tiers(), Clock.systemUTC()).names();
    }

    private static String sentence(BindException wrong) {
        Throwable cause = NestedExceptionUtils.getMostSpecificCause(wrong);
        return wrong.getName() + ": cannot be read: " + firstLine(cause.getMessage());
    }

    /** Without the lines it quotes: there may be a password in them. */
    private static String sentence(MarkedYAMLException broken) {
        var mark = broken.getProblemMark();
        return "a settings file is not YAML: " + firstLine(broken.getProblem())
                + (mark == null ? "" : " on line " + (mark.getLine() + 1));
    }

    private static String firstLine(@Nullable String text) {
        return text == null ? "" : text.lines().findFirst().orElse("");
    }
}
