package dev.authmail.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.authmail.config.SettingsOfCommands;
import dev.authmail.kafka.GroupLag;
import dev.authmail.testkit.KafkaPeer;
import dev.authmail.testkit.ReadMail;
import dev.authmail.testkit.SecureBroker;
import dev.authmail.testkit.TestAuthmail;
import dev.authmail.testkit.TestCertificates;
import dev.authmail.testkit.TokenServer;
import dev.authmail.topics.TopicAdmin;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.yaml.snakeyaml.Yaml;

/**
 * The service on a real broker with TLS, SCRAM or OAUTHBEARER, and ACLs: those of k8s/strimzi, which must be enough for
 * everything it does.
 */
@Tag("real")
class SecureKafkaIT {
    private static final String PROPERTIES = "authmail.kafka.properties.";
    private static final String PASSWORD = "s3cret-of-kafka";
    private static final TestCertificates CERTIFICATES = new TestCertificates();

    @TempDir
    private static Path folder;

    private static final String ALLOWED_URLS = "org.apache.kafka.sasl.oauthbearer.allowed.urls";
    private static final List<String> OPTIONAL = List.of("landing-page", "keycloak", "debezium", "hooks");

    private static TokenServer tokens;
    private static SecureBroker broker;
    private static TestAuthmail authmail;

    @BeforeAll
    static void start() throws Exception {
        Path brokerFolder = Files.createDirectory(folder.resolve("kafka"));
        tokens = TokenServer.start("authmail", PASSWORD, Clock.systemUTC());
        System.setProperty(ALLOWED_URLS, tokens.tokens().toString());
        broker = SecureBroker.start(
                brokerFolder, CERTIFICATES.keyAndChain("localhost"), "authmail", PASSWORD, tokens.publicKeys());
        authmail = new TestAuthmail("authmail.", Files.createDirectory(folder.resolve("authmail")), broker.inner());
        authmail.set("authmail.kafka.group", "authmail").set("authmail.topics.create", false);
        try (TopicAdmin admin = new TopicAdmin(Map.of("bootstrap.servers", broker.inner()))) {
            List<String> options = new ArrayList<>(authmail.options());
            options.add("--authmail.routes.optional=landing-page,keycloak,debezium");
            admin.create(SettingsOfCommands.read(options).plan());
        }
        allow(rights());
        authmail.watch();
    }

    @AfterAll
    static void stop() {
        if (authmail != null) {
            authmail.relay.close();
            authmail.mx.close();
            authmail.secondMx.close();
            authmail.dns.close();
            authmail.kafka().close();
        }
        if (broker != null) {
            broker.close();
        }
        System.clearProperty(ALLOWED_URLS);
        if (tokens != null) {
            tokens.close();
        }
    }

    private static void allow(List<AclBinding> rights) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.inner()))) {
            admin.createAcls(rights).all().get();
        }
    }

    /** As Strimzi makes them of the user {@code authmail}. */
    private static List<AclBinding> rights() throws Exception {
        Map<String, Object> user = StreamSupport.stream(
                        new Yaml()
                                .loadAll(Files.readString(Path.of("k8s/strimzi/users.yaml")))
                                .spliterator(),
                        false)
                .map(SecureKafkaIT::map)
                .filter(candidate ->
                        "authmail".equals(map(candidate.get("metadata")).get("name")))
                .findFirst()
                .orElseThrow();
        List<AclBinding> rights = bindings(
                (List<?>) map(map(user.get("spec")).get("authorization")).get("acls"));
        assertThat(rights).hasSizeGreaterThan(15);
        return rights;
    }

    /** What the optional routes need beside them. */
    private static List<AclBinding> optionalRights() throws Exception {
        List<Object> acls = new ArrayList<>();
        for (String folder : OPTIONAL) {
            String patch = Files.readString(Path.of("k8s/strimzi/optional", folder, "rights.yaml"));
            for (Object step : (List<?>) new Yaml().load(patch)) {
                acls.add(map(step).get("value"));
            }
        }
        return bindings(acls);
    }

    private static List<AclBinding> bindings(List<?> acls) {
        List<AclBinding> rights = new ArrayList<>();
        for (Object acl : acls) {
            Map<String, Object> resource = map(map(acl).get("resource"));
            ResourcePattern pattern = new ResourcePattern(
                    ResourceType.valueOf(resource.get("type").toString().toUpperCase(Locale.ROOT)),
                    // the tests' topics have one prefix; all others have the names that are theirs in production
                    resource.get("name").toString().replaceFirst("^registrations$", authmail.registrations()),
                    "prefix".equals(resource.get("patternType")) ? PatternType.PREFIXED : PatternType.LITERAL);
            for (Object operation : (List<?>) map(acl).get("operations")) {
                rights.add(new AclBinding(
                        pattern,
                        new AccessControlEntry(
                                "User:authmail",
                                "*",
                                AclOperation.fromString(operation.toString().replaceAll("(?<=[a-z])(?=[A-Z])", "_")),
                                AclPermissionType.ALLOW)));
            }
        }
        return rights;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object node) {
        return (Map<String, Object>) node;
    }

    private static Map<String, String> security(String password, Path authority) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("authmail.kafka.brokers", broker.secure());
        settings.put("authmail.kafka.start-timeout", "60s");
        settings.put(PROPERTIES + "security.protocol", "SASL_SSL");
        settings.put(PROPERTIES + "sasl.mechanism", "SCRAM-SHA-512");
        settings.put(
                PROPERTIES + "sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"authmail\" password=\""
                        + password + "\";");
        settings.put(PROPERTIES + "ssl.truststore.type", "PEM");
        settings.put(PROPERTIES + "ssl.truststore.location", authority.toString());
        return settings;
    }

    @Test
    void everythingTheServiceDoesIsAllowedByItsRights() throws Exception {
        authmail.relay
                .on("RCPT")
                .when(h -> h.command().contains("later@"))
                .times(1)
                .reply("451 4.3.0 later");
        authmail.mx
                .on("RCPT")
                .when(h -> h.command().contains("later@"))
                .times(1)
                .reply("451 4.3.0 later");
        authmail.secondMx
                .on("RCPT")
                .when(h -> h.command().contains("later@"))
                .times(1)
                .reply("451 4.3.0 later");

        try (ConfigurableApplicationContext service = authmail.launch(security(PASSWORD, CERTIFICATES.pem()))) {
            authmail.register("now", "now@good.test");
            authmail.register("later", "later@good.test");
            authmail.register("dead", "no address");

            authmail.outcome("now", "accepted");
            authmail.outcome("later", "deferred");
            authmail.outcome("later", "accepted");
            authmail.deadLetter("dead");
            GroupLag lag = service.getBean(GroupLag.class);
            Awaitility.await("it may ask for its lag, and all is committed")
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> lag.of(authmail.registrations()) == 0);
        }
    }

    /** As docs/kafka.md has it, with every kind of optional route. */
    @Test
    void withAccessTokensAndTheRightsOfOptionalRoutesTheseWorkToo() throws Exception {
        allow(optionalRights());
        try (ConfigurableApplicationContext service = authmail.launch(accessTokens(PASSWORD));
                KafkaPeer peer = new KafkaPeer(broker.inner(), List.of(authmail.verified()))) {
            peer.send("keycloak-events", "k", json("""
                    {'id':'k','type':'REGISTER','userId':'u-k','details':{'email':'keycloak@good.test'}}"""), Map.of());
            peer.send("outbox.event.User", "\"u-d\"", json("""
                    {'id':1,'email':'debezium@good.test','purpose':'verify-email'}"""), Map.of("id", "d"));

            authmail.outcome("keycloak|k", "accepted");
            authmail.outcome("debezium|d", "accepted");
            URI link = ReadMail.of(authmail.relay.mailsTo("keycloak@good.test").getFirst())
                    .link();
            assertThat(click(service, link)).isEqualTo(200);
            peer.await(authmail.verified(), r -> KafkaPeer.text(r).contains("\"u-k\""));
            assertThat(tokens.given()).isPositive();
        }
    }

    private static Map<String, String> accessTokens(String secret) {
        Map<String, String> settings = security("", CERTIFICATES.pem());
        String room = "org.apache.kafka.common.security.oauthbearer.";
        settings.put("authmail.kafka.brokers", broker.token());
        settings.put(PROPERTIES + "sasl.mechanism", "OAUTHBEARER");
        settings.put(PROPERTIES + "sasl.jaas.config", room + "OAuthBearerLoginModule required;");
        settings.put(PROPERTIES + "sasl.login.callback.handler.class", room + "OAuthBearerLoginCallbackHandler");
        settings.put(
                PROPERTIES + "sasl.oauthbearer.token.endpoint.url",
                tokens.tokens().toString());
        settings.put(PROPERTIES + "sasl.oauthbearer.client.credentials.client.id", "authmail");
        settings.put(PROPERTIES + "sasl.oauthbearer.client.credentials.client.secret", secret);
        settings.put(PROPERTIES + "sasl.oauthbearer.scope", TokenServer.AUDIENCE);
        settings.put("authmail.routes.optional", "landing-page,keycloak,debezium");
        settings.put("authmail.http.port", "0");
        return settings;
    }

    private static int click(ConfigurableApplicationContext service, URI link) throws Exception {
        int port = service.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
        URI here = URI.create("http://127.0.0.1:" + port + link.getRawPath() + "?" + link.getRawQuery());
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(here)
                                    .POST(HttpRequest.BodyPublishers.noBody())
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }

    private static byte[] json(String text) {
        return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"a wrong password", "an authority that is not trusted", "a wrong secret of a client"})
    void whatIsWrongStopsTheStartWithOneSentence(String wrong) {
        Map<String, String> settings = switch (wrong) {
            case "a wrong password" -> security("another-s3cret", CERTIFICATES.pem());
            case "a wrong secret of a client" -> accessTokens("another-s3cret");
            default -> security(PASSWORD, new TestCertificates().pem());
        };
        settings.put("authmail.kafka.start-timeout", "20s");

        assertThatThrownBy(() -> authmail.launch(settings).close())
                .rootCause()
                .hasMessageContaining("authmail.kafka")
                .satisfies(e -> assertThat(e.toString()).doesNotContain(PASSWORD, "another-s3cret"));
    }
}
