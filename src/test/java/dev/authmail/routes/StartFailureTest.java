package dev.authmail.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.authmail.config.SettingsException;
import dev.authmail.testkit.TestAuthmail;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A setting that is missing or wrong stops the start with one sentence that names it and the mend. */
@ExtendWith(OutputCaptureExtension.class)
class StartFailureTest {
    private static TestAuthmail authmail;

    @BeforeAll
    static void prepare() {
        authmail = new TestAuthmail();
    }

    @AfterAll
    static void stop() {
        authmail.close();
    }

    static Stream<Arguments> wrongSettings() {
        return Stream.of(
                wrong("authmail.mail.from", "", "authmail.mail.from: is missing; give an address such as"),
                wrong("authmail.mail.from", "Example <a@b>", "authmail.mail.from: \"Example <a@b>\" is not a mail"),
                wrong(
                        "authmail.mail.from",
                        "sender@gmail.com",
                        "authmail.mail or authmail.templates: verify-email in en: From is an address at a mailbox"),
                wrong("authmail.mail.product", "", "authmail.mail.product: is missing; give the name"),
                wrong("authmail.link.origin", "", "authmail.link.origin: is missing; give the public origin"),
                wrong("authmail.link.origin", "app.sender.test", "authmail.link: The origin must be https://host"),
                wrong(
                        "authmail.link.keys",
                        "",
                        "authmail.link.keys: is missing; make one with: java -jar authmail.jar keygen"),
                wrong("authmail.mail.envelope-keys", "/nowhere", "authmail.mail.envelope-keys: "),
                wrong("authmail.dkim.keys[0].file", "/nowhere/key.pem", "authmail.dkim.keys[0]: "),
                wrong("authmail.dkim.keys[0].selector", "", "authmail.dkim.keys[0].selector: is missing; name the"),
                wrong("authmail.dkim.domain", "not a domain", "authmail.dkim.domain: \"not a domain\" is not a domain"),
                wrong(
                        "authmail.kafka.brokers",
                        "nowhere.invalid:9092",
                        "authmail.kafka.brokers: Kafka's client cannot start: No resolvable bootstrap urls"),
                wrong(
                        "authmail.kafka.max-in-fligth",
                        "10",
                        "authmail.kafka.max-in-fligth: there is no such setting; the nearest is authmail.kafka.max-in-"),
                wrong("authmail.smtp.ca-bundle", "/nowhere/ca.pem", "authmail.smtp.ca-bundle: "),
                wrong(
                        "authmail.dane.mode",
                        "trust-anchors",
                        "authmail.dane.trust-anchors: is missing; name a file with the DS records of the root"),
                arguments(
                        "DANE with a resolver somewhere else",
                        Map.of("authmail.dane.mode", "local-resolver", "authmail.dns.servers", "192.0.2.1"),
                        "authmail.dane.mode: the DNS server /192.0.2.1:53 is not on loopback"),
                arguments(
                        "DANE with a file that holds no anchor",
                        Map.of(
                                "authmail.dane.mode",
                                "trust-anchors",
                                "authmail.dane.trust-anchors",
                                emptyFile(authmail.folder)),
                        "authmail.dane.trust-anchors: "),
                wrong(
                        "authmail.routes.optional",
                        "keycloack",
                        "authmail.routes.optional: there is no optional route keycloack; there are [adapt, auth0,"),
                arguments(
                        "a hook without a secret",
                        Map.of("authmail.routes.optional", "supabase", "authmail.http.port", "0"),
                        "authmail.http.hooks.supabase.secret-file: is missing, yet the route supabase is on"),
                arguments(
                        "a hook without a port",
                        Map.of(
                                "authmail.routes.optional",
                                "kratos",
                                "authmail.http.hooks.kratos.secret-file",
                                authmail.keys.rsaFile()),
                        "authmail.http.port: is -1, yet a route answers over HTTP"),
                wrong("authmail.mta-sts.proxy", "proxy:http", "authmail.mta-sts: \"proxy:http\" is not host:port"),
                wrong("authmail.direct.tls", "dane", "authmail.direct.tls: is dane, which is not for MX hosts; give"),
                wrong("authmail.relays.relay.tls", "mta-sts", "authmail.relays.relay: tls is mta-sts, which domains"),
                wrong("authmail.retry.tiers", "2m,30s", "authmail.retry.tiers: Retry tiers are [PT2M, PT30S]; each"),
                wrong(
                        "authmail.direct.limits[mx.google.com].connections",
                        "5",
                        "authmail.direct.limits.mx.google.com: is not the domain that a provider's MX hosts are under; did you"),
                wrong(
                        "authmail.direct.limits[google.com].connections",
                        "0",
                        "authmail.direct.limits.google.com: the limits are 0 connections"),
                wrong(
                        "authmail.direct.warm-up.enabled",
                        "true",
                        "authmail.direct.warm-up.first-day: is missing; give the day, in UTC"),
                wrong("authmail.direct.tls-required[0]", "-", "authmail.direct.tls-required: \"-\" is not a domain"),
                wrong(
                        "authmail.kafka.properties.enable.auto.commit",
                        "true",
                        "authmail.kafka.properties: holds enable.auto.commit, which authmail sets itself"),
                wrong("authmail.relays.other.host", "x.test", "authmail.relays.other: no route sends to it; add an"),
                wrong(
                        "authmail.topics.create",
                        "false",
                        "authmail.topics.create: is false, and Kafka lacks the topics"),
                arguments(
                        "an RSA key said to be ed25519",
                        Map.of("authmail.dkim.keys[1].file", authmail.keys.rsaFile()),
                        "authmail.dkim.keys[1]: "),
                arguments(
                        "no relay, and the direct route closed",
                        Map.of("authmail.relays.relay.host", "", "authmail.direct.enabled", "never"),
                        "authmail.relays.relay.host: is missing and authmail.direct.enabled is never, so no mail"),
                arguments(
                        "a direct route that waits for a doctor who does not look",
                        Map.of("authmail.direct.enabled", "healthy"),
                        "authmail.doctor.enabled: is false, so that authmail.direct.enabled: healthy would never open"),
                arguments(
                        "a relay's password that is not there",
                        Map.of(
                                "authmail.relays.relay.username", "u",
                                "authmail.relays.relay.password-file", "/nowhere/password"),
                        "authmail.relays.relay.password-file: /nowhere/password cannot be read; mount"),
                arguments(
                        "a template that does not parse",
                        Map.of("authmail.templates.folder", brokenTemplates(authmail.folder)),
                        "authmail.templates.folder: "),
                arguments(
                        "a purpose without templates",
                        Map.of("authmail.link.paths.reset", "/reset"),
                        "authmail.templates.folder: the purpose reset of authmail.link.paths has no templates"),
                arguments(
                        "a route file that cannot run",
                        Map.of("authmail.routes.folder", brokenRoutes(authmail.folder)),
                        "authmail.routes.folder: the route files cannot run: "));
    }

    private static Arguments wrong(String setting, String value, String sentence) {
        return arguments(setting + "=" + value, Map.of(setting, value), sentence);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongSettings")
    void theStartStopsWithOneSentence(String name, Map<String, ?> settings, String sentence, CapturedOutput output) {
        SettingsException refusal = refusal(catchThrowable(() -> authmail.launch(settings)));

        assertThat(refusal).hasMessageStartingWith(sentence);
        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("Description:\n\n" + refusal.getMessage())
                .contains("Action:\n\nMend " + refusal.getMessage().split(": ", 2)[0])
                .doesNotContain("\tat ");
    }

    @Test
    void aWordThatASettingDoesNotKnowIsNamed(CapturedOutput output) {
        assertThat(catchThrowable(() -> authmail.launch(Map.of("authmail.direct.enabled", "sometimes"))))
                .isNotNull();
        assertThat(output).contains("APPLICATION FAILED TO START", "authmail.direct.enabled", "ALWAYS", "NEVER");
    }

    private static SettingsException refusal(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof SettingsException refusal) {
                return refusal;
            }
        }
        throw new AssertionError("the service started, or failed otherwise", failure);
    }

    private static Path emptyFile(Path folder) {
        try {
            return Files.writeString(folder.resolve("anchors"), "; nothing yet\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path brokenTemplates(Path folder) {
        return write(folder.resolve("templates/verify-email/text_en.ftl"), "${", "templates");
    }

    private static Path brokenRoutes(Path folder) {
        return write(folder.resolve("routes/mine.camel.yaml"), "- route:\n    id: [", "routes");
    }

    private static Path write(Path file, String text, String folder) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
            Path parent = file.getParent();
            while (!parent.endsWith(folder)) {
                parent = parent.getParent();
            }
            return parent;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
