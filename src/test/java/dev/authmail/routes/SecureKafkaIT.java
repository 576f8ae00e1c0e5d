package dev.authmail.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.authmail.config.SettingsOfCommands;
import dev.authmail.kafka.GroupLag;
import dev.authmail.testkit.SecureBroker;
import dev.authmail.testkit.TestAuthmail;
import dev.authmail.testkit.TestCertificates;
import dev.authmail.topics.TopicAdmin;
import java.nio.file.Files;
import java.nio.file.Path;
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
 * The service on a real broker with TLS, SCRAM and ACLs: those of k8s/strimzi/users.yaml, which must be enough for
 * everything it does.
 */
@Tag("real")
class SecureKafkaIT {
    private static final String PASSWORD = "s3cret-of-kafka";
    private static final TestCertificates CERTIFICATES = new TestCertificates();

    @TempDir
    private static Path folder;

    private static SecureBroker broker;
    private static TestAuthmail authmail;

    @BeforeAll
    static void start() throws Exception {
        Path brokerFolder = Files.createDirectory(folder.resolve("kafka"));
        broker = SecureBroker.start(brokerFolder, CERTIFICATES.keyAndChain("localhost"), "authmail", PASSWORD);
        authmail = new TestAuthmail("authmail.", Files.createDirectory(folder.resolve("authmail")), broker.inner());
        authmail.set("authmail.kafka.group", "authmail").set("authmail.topics.create", false);
        try (TopicAdmin admin = new TopicAdmin(Map.of("bootstrap.servers", broker.inner()))) {
            admin.create(SettingsOfCommands.read(authmail.options()).plan());
        }
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.inner()))) {
            admin.createAcls(rights()).all().get();
        }
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
        List<AclBinding> rights = new ArrayList<>();
        for (Object acl :
                (List<?>) map(map(user.get("spec")).get("authorization")).get("acls")) {
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
        assertThat(rights).hasSizeGreaterThan(15);
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
        String properties = "authmail.kafka.properties.";
        settings.put(properties + "security.protocol", "SASL_SSL");
        settings.put(properties + "sasl.mechanism", "SCRAM-SHA-512");
        settings.put(
                properties + "sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"authmail\" password=\""
                        + password + "\";");
        settings.put(properties + "ssl.truststore.type", "PEM");
        settings.put(properties + "ssl.truststore.location", authority.toString());
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

    @ParameterizedTest(name = "{0}")
    @CsvSource({"a wrong password", "an authority that is not trusted"})
    void whatIsWrongStopsTheStartWithOneSentence(String wrong) {
        boolean password = wrong.contains("password");
        Map<String, String> settings = password
                ? security("another-s3cret", CERTIFICATES.pem())
                : security(PASSWORD, new TestCertificates().pem());
        settings.put("authmail.kafka.start-timeout", "20s");

        assertThatThrownBy(() -> authmail.launch(settings).close())
                .rootCause()
                .hasMessageContaining("authmail.kafka")
                .satisfies(e -> assertThat(e.toString()).doesNotContain(PASSWORD, "another-s3cret"));
    }
}
