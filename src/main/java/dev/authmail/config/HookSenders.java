package dev.authmail.config;

import dev.authmail.config.AuthmailSettings.Http.Hook;
import dev.authmail.event.StrictJson;
import dev.authmail.https.StrangersHttps;
import dev.authmail.webhook.Authenticity;
import dev.authmail.webhook.SendGridVerifier;
import dev.authmail.webhook.SigningCertificates;
import dev.authmail.webhook.SnsSubscription;
import dev.authmail.webhook.SnsTopic;
import dev.authmail.webhook.SnsTopics;
import dev.authmail.webhook.SnsVerifier;
import dev.authmail.webhook.WebhookVerifier;
import dev.authmail.webhook.WebhookVerifier.Scheme;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who may send to which hook. A hook whose settings are empty is closed, and must not be one that a route is on for. */
final class HookSenders implements AutoCloseable {
    private static final Duration SNS_ANSWERS = Duration.ofSeconds(10);

    private final AuthmailSettings settings;
    private final Clock clock;
    private @Nullable StrangersHttps https;

    HookSenders(AuthmailSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Who may send to a hook.
     *
     * @throws SettingsException when that is wrong, or missing while the route is on
     */
    Optional<Authenticity> of(String name, Hook hook) {
        return switch (hook.verification()) {
            case BEARER, BASIC, STANDARD_WEBHOOKS, ZITADEL -> secret(name, hook);
            case SENDGRID -> key(name, hook);
            case SNS -> topics(name, hook).map(this::sns);
        };
    }

    /** What answers SNS when it asks whether a topic may send to a hook. */
    Optional<SnsSubscription> subscription(String name, Hook hook) {
        return hook.verification() == Scheme.SNS
                ? topics(name, hook).map(topics -> new SnsSubscription(topics, https(), json()))
                : Optional.empty();
    }

    private Optional<Authenticity> secret(String name, Hook hook) {
        String setting = setting(name, "secret-file");
        Path file = hook.secretFile();
        if (file == null || file.toString().isEmpty()) {
            return missing(name, setting, "name the file that holds the secret");
        }
        try {
            String secret = Files.readString(file);
            return Optional.of(Checked.setting(setting, () -> WebhookVerifier.of(hook.verification(), secret, clock)));
        } catch (IOException unreadable) {
            throw new SettingsException(setting, file + " cannot be read; mount the Secret there");
        }
    }

    private Optional<Authenticity> key(String name, Hook hook) {
        String setting = setting(name, "public-key");
        String key = hook.publicKey();
        return key == null || key.isBlank()
                ? missing(name, setting, "copy the verification key that SendGrid shows")
                : Optional.of(Checked.setting(setting, () -> SendGridVerifier.of(key, clock)));
    }

    private Optional<SnsTopics> topics(String name, Hook hook) {
        String setting = setting(name, "topics");
        List<String> arns = hook.topics().stream().filter(arn -> !arn.isBlank()).toList();
        return arns.isEmpty()
                ? missing(name, setting, "name the ARNs of the topics that may send")
                : Optional.of(Checked.setting(
                        setting,
                        () -> new SnsTopics(arns.stream().map(SnsTopic::of).toList())));
    }

    private Authenticity sns(SnsTopics topics) {
        return new SnsVerifier(topics, new SigningCertificates(https(), clock), json(), clock);
    }

    private <T> Optional<T> missing(String name, String setting, String mend) {
        if (settings.routes().optional().contains(name)) {
            throw new SettingsException(setting, "is missing, yet the route " + name + " is on; " + mend);
        }
        return Optional.empty();
    }

    private static String setting(String name, String field) {
        return "authmail.http.hooks." + name + "." + field;
    }

    private StrictJson json() {
        return new StrictJson(Math.toIntExact(settings.http().maxBody().toBytes()));
    }

    /** Which hosts of SNS are asked stands in the ARNs of the topics. */
    private StrangersHttps https() {
        StrangersHttps known = https;
        if (known == null) {
            known = new StrangersHttps(
                    new SettingsOfDelivery(settings).trust().sslContext(), proxy(), SNS_ANSWERS, host -> true);
            https = known;
        }
        return known;
    }

    private @Nullable InetSocketAddress proxy() {
        String proxy = settings.http().proxy();
        return proxy == null || proxy.isBlank()
                ? null
                : Checked.setting(
                        "authmail.http.proxy",
                        () -> SettingsOfDelivery.hostAndPort(proxy, SettingsOfDelivery.HTTP_PROXY_PORT));
    }

    @Override
    public void close() {
        if (https != null) {
            https.close();
        }
    }
}
