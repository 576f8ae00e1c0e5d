package dev.authmail.config;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** Refuses a setting that there is not: a name with a slip in it would change nothing, without a word. */
public final class UnknownSettings implements ApplicationContextInitializer<ConfigurableApplicationContext> {
    private static final ConfigurationPropertyName OURS = ConfigurationPropertyName.of("authmail");
    /** What Kubernetes sets for a Service whose name begins with authmail. */
    private static final Pattern SERVICE_LINK =
            Pattern.compile("AUTHMAIL_([A-Z0-9_]+_)?(SERVICE_(HOST|PORT(_\\w+)?)|PORT(_\\d+_(TCP|UDP|SCTP)(_\\w+)?)?)");

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        refuse(context.getEnvironment());
    }

    /** @throws SettingsException that names the first and what is most like it */
    static void refuse(ConfigurableEnvironment environment) {
        SettingNames known = new SettingNames();
        environment.getPropertySources().stream()
                .filter(source -> !ConfigurationPropertySources.isAttachedConfigurationPropertySource(source))
                .flatMap(source -> unknown(source, known))
                .sorted()
                .findFirst()
                .ifPresent(name -> {
                    throw new SettingsException(
                            name, "there is no such setting; the nearest is " + known.nearest(name));
                });
    }

    private static Stream<String> unknown(PropertySource<?> source, SettingNames known) {
        return source instanceof SystemEnvironmentPropertySource variables
                ? Stream.of(variables.getPropertyNames())
                        .filter(name -> name.startsWith("AUTHMAIL_"))
                        .filter(name -> !SERVICE_LINK.matcher(name).matches() && !known.holdsVariable(name))
                : properties(source)
                        .filter(OURS::isAncestorOf)
                        .filter(name -> !known.holdsProperty(parts(name)))
                        .map(ConfigurationPropertyName::toString);
    }

    private static Stream<ConfigurationPropertyName> properties(PropertySource<?> source) {
        ConfigurationPropertySource properties = ConfigurationPropertySource.from(source);
        return properties instanceof IterableConfigurationPropertySource names ? names.stream() : Stream.of();
    }

    private static List<String> parts(ConfigurationPropertyName name) {
        return IntStream.range(0, name.getNumberOfElements())
                .mapToObj(i -> name.getElement(i, Form.ORIGINAL))
                .toList();
    }
}
