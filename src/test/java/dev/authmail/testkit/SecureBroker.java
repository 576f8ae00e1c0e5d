package dev.authmail.testkit;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.awaitility.Awaitility;

/**
 * A real Kafka broker as a process of its own with three doors: one in clear text for the test, which may do everything, and
 * two with TLS, for SCRAM-SHA-512 and for OAUTHBEARER, whose user may do what ACLs allow.
 */
public final class SecureBroker implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(3);

    private final JavaProcess process;
    private final int innerPort;
    private final int securePort;
    private final int tokenPort;

    private SecureBroker(JavaProcess process, int innerPort, int securePort, int tokenPort) {
        this.process = process;
        this.innerPort = innerPort;
        this.securePort = securePort;
        this.tokenPort = tokenPort;
    }

    /**
     * Starts it and waits until it serves.
     *
     * @param identity key and certificates of {@code localhost}, PEM
     * @param user who is known, and the password
     * @param publicKeys where the keys stand that access tokens are signed with
     */
    public static SecureBroker start(Path folder, String identity, String user, String password, URI publicKeys)
            throws Exception {
        Path pem = Files.writeString(folder.resolve("broker.pem"), identity);
        int inner = freePort();
        int secure = freePort();
        int token = freePort();
        int controller = freePort();
        Path data = folder.resolve("data");
        new Formatter()
                .setNodeId(0)
                .setClusterId(Uuid.randomUuid().toString())
                .addDirectory(data.toString())
                .setMetadataLogDirectory(data.toString())
                .setControllerListenerName("CONTROLLER")
                .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
                .setScramArguments(List.of("SCRAM-SHA-512=[name=%s,password=%s]".formatted(user, password)))
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .run();
        Path properties = Files.writeString(folder.resolve("broker.properties"), """
                process.roles=broker,controller
                node.id=0
                controller.quorum.voters=0@127.0.0.1:%3$d
                listeners=INNER://127.0.0.1:%1$d,SECURE://127.0.0.1:%2$d,TOKEN://127.0.0.1:%6$d,CONTROLLER://127.0.0.1:%3$d
                advertised.listeners=INNER://127.0.0.1:%1$d,SECURE://localhost:%2$d,TOKEN://localhost:%6$d
                listener.security.protocol.map=INNER:PLAINTEXT,SECURE:SASL_SSL,TOKEN:SASL_SSL,CONTROLLER:PLAINTEXT
                inter.broker.listener.name=INNER
                controller.listener.names=CONTROLLER
                sasl.enabled.mechanisms=SCRAM-SHA-512
                listener.name.secure.scram-sha-512.sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required;
                listener.name.token.sasl.enabled.mechanisms=OAUTHBEARER
                listener.name.token.oauthbearer.sasl.jaas.config=org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required;
                listener.name.token.oauthbearer.sasl.server.callback.handler.class=org.apache.kafka.common.security.oauthbearer.OAuthBearerValidatorCallbackHandler
                sasl.oauthbearer.jwks.endpoint.url=%7$s
                sasl.oauthbearer.expected.audience=%8$s
                ssl.keystore.type=PEM
                ssl.keystore.location=%4$s
                authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
                super.users=User:ANONYMOUS
                log.dirs=%5$s
                offsets.topic.replication.factor=1
                offsets.topic.num.partitions=1
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                group.initial.rebalance.delay.ms=0
                auto.create.topics.enable=false
                log.cleaner.dedupe.buffer.size=2097152
                message.max.bytes=40000000
                """.formatted(
                        inner, secure, controller, pem, data, token, publicKeys, TokenServer.AUDIENCE));
        String classPath = Stream.of(System.getProperty("java.class.path").split(":"))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(":"));
        JavaProcess process = JavaProcess.start(
                folder,
                "broker",
                Map.of(),
                List.of(
                        "-Xmx256m",
                        "-Dorg.apache.kafka.sasl.oauthbearer.allowed.urls=" + publicKeys,
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classPath,
                        "kafka.Kafka",
                        properties.toString()));
        SecureBroker broker = new SecureBroker(process, inner, secure, token);
        broker.awaitServing();
        return broker;
    }

    private void awaitServing() {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", inner(), "request.timeout.ms", "3000"))) {
            Awaitility.await("the broker").atMost(START).until(() -> {
                if (!process.isAlive()) {
                    throw new AssertionError(process.out());
                }
                try {
                    return !admin.describeCluster()
                            .nodes()
                            .get(3, TimeUnit.SECONDS)
                            .isEmpty();
                } catch (ExecutionException | TimeoutException notYet) {
                    return false;
                }
            });
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** The door in clear text. */
    public String inner() {
        return "127.0.0.1:" + innerPort;
    }

    /** The door with TLS and SCRAM. */
    public String secure() {
        return "localhost:" + securePort;
    }

    /** The door with TLS and OAUTHBEARER. */
    public String token() {
        return "localhost:" + tokenPort;
    }

    @Override
    public void close() {
        process.close();
    }
}
