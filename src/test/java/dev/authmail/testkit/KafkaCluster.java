package dev.authmail.testkit;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.awaitility.Awaitility;

/**
 * A real Kafka cluster (KRaft, each node broker and controller) whose brokers are processes of their own, so that they
 * can be killed, started again, and frozen. Topics have a replica on every broker; with three, two must have a record.
 */
public final class KafkaCluster implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(5);
    private static final List<String> QUICK_TO_START =
            List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
    /** Kafka logs through the Logback that is on the tests' class path, which would tell everything. */
    private static final String LOGBACK = """
            <configuration>
              <appender name="out" class="ch.qos.logback.core.ConsoleAppender">
                <encoder><pattern>%d{HH:mm:ss.SSS} %-5level %logger{0} %msg%n</pattern></encoder>
              </appender>
              <root level="WARN"><appender-ref ref="out"/></root>
            </configuration>
            """;

    private final Path folder;
    private final int[] ports;
    private final int[] controllerPorts;
    private final JavaProcess[] brokers;
    private final List<String> options;

    private KafkaCluster(Path folder, int size, List<String> options) {
        this.folder = folder;
        this.options = options;
        this.ports = IntStream.range(0, size).map(i -> freePort()).toArray();
        this.controllerPorts = IntStream.range(0, size).map(i -> freePort()).toArray();
        this.brokers = new JavaProcess[size];
    }

    /** Formats and starts so many brokers and waits until all are there. */
    public static KafkaCluster start(Path folder, int brokers) {
        return start(folder, brokers, QUICK_TO_START);
    }

    /** The same with these options of the JVM. */
    public static KafkaCluster start(Path folder, int brokers, List<String> options) {
        KafkaCluster cluster = new KafkaCluster(folder, brokers, options);
        try {
            Files.writeString(folder.resolve("logback.xml"), LOGBACK);
            String id = Uuid.randomUuid().toString();
            for (int node = 0; node < brokers; node++) {
                Path properties = Files.writeString(cluster.propertiesOf(node), cluster.configuration(node));
                cluster.format(node, id);
                cluster.brokers[node] = cluster.launch(properties, node);
            }
            cluster.awaitAll();
            return cluster;
        } catch (IOException e) {
            cluster.close();
            throw new UncheckedIOException(e);
        } catch (RuntimeException | Error e) {
            cluster.close();
            throw e;
        }
    }

    /** The bootstrap servers. */
    public String address() {
        return IntStream.of(ports).mapToObj(port -> "127.0.0.1:" + port).collect(Collectors.joining(","));
    }

    public int size() {
        return brokers.length;
    }

    /** The process of one. */
    public long pid(int node) {
        return brokers[node].pid();
    }

    /** SIGKILL to one. */
    public void kill(int node) {
        brokers[node].kill();
    }

    /** Starts one again on what it had written; does not wait for it. */
    public void restart(int node) {
        brokers[node] = launch(propertiesOf(node), node);
    }

    /** All stand still, with their connections open: nothing is acknowledged until {@link #thaw}. */
    public void freeze() {
        List.of(brokers).forEach(JavaProcess::freeze);
    }

    public void thaw() {
        List.of(brokers).forEach(JavaProcess::thaw);
    }

    /** Waits until every broker has registered and serves. */
    public void awaitAll() {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", address(), "request.timeout.ms", "3000"))) {
            Awaitility.await("the brokers " + address())
                    .pollInterval(Duration.ofMillis(100))
                    .atMost(START)
                    .until(() -> nodes(admin) == brokers.length);
        }
    }

    private int nodes(Admin admin) throws InterruptedException {
        for (JavaProcess broker : brokers) {
            if (!broker.isAlive()) {
                throw new AssertionError(broker + " has ended:\n" + broker.out());
            }
        }
        try {
            return admin.describeCluster().nodes().get(3, TimeUnit.SECONDS).size();
        } catch (ExecutionException | TimeoutException notYet) {
            return 0;
        }
    }

    private Path propertiesOf(int node) {
        return folder.resolve("broker-" + node + ".properties");
    }

    private JavaProcess launch(Path properties, int node) {
        List<String> arguments = new ArrayList<>(options);
        arguments.addAll(List.of(
                "-Dlogback.configurationFile=" + folder.resolve("logback.xml"),
                "-cp",
                JavaProcess.classPath(),
                "kafka.Kafka",
                properties.toString()));
        return JavaProcess.start(folder, "broker-" + node, Map.of(), arguments);
    }

    private String configuration(int node) {
        String voters = IntStream.range(0, brokers.length)
                .mapToObj(i -> i + "@127.0.0.1:" + controllerPorts[i])
                .collect(Collectors.joining(","));
        return """
                process.roles=broker,controller
                node.id=%1$d
                controller.quorum.voters=%2$s
                listeners=BROKER://127.0.0.1:%3$d,CONTROLLER://127.0.0.1:%4$d
                listener.security.protocol.map=BROKER:PLAINTEXT,CONTROLLER:PLAINTEXT
                inter.broker.listener.name=BROKER
                controller.listener.names=CONTROLLER
                log.dirs=%5$s
                default.replication.factor=%6$d
                min.insync.replicas=%7$d
                offsets.topic.replication.factor=%6$d
                offsets.topic.num.partitions=3
                transaction.state.log.replication.factor=%6$d
                transaction.state.log.min.isr=%7$d
                group.initial.rebalance.delay.ms=0
                auto.create.topics.enable=false
                log.cleaner.dedupe.buffer.size=2097152
                message.max.bytes=40000000
                num.network.threads=2
                num.io.threads=4
                """.formatted(
                        node,
                        voters,
                        ports[node],
                        controllerPorts[node],
                        folder.resolve("data-" + node),
                        brokers.length,
                        Math.min(2, brokers.length));
    }

    /** What {@code kafka-storage format} does. */
    private void format(int node, String clusterId) {
        try {
            new Formatter()
                    .setNodeId(node)
                    .setClusterId(clusterId)
                    .addDirectory(folder.resolve("data-" + node).toString())
                    .setMetadataLogDirectory(folder.resolve("data-" + node).toString())
                    .setControllerListenerName("CONTROLLER")
                    .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                    .run();
        } catch (Exception e) {
            throw new IllegalStateException("the storage of broker " + node + " could not be formatted", e);
        }
    }

    /** Below the range that outgoing connections use, so that nobody takes it while its broker is down. */
    private static int freePort() {
        for (int tries = 0; tries < 100; tries++) {
            int port = 20_000 + (int) (Math.random() * 10_000);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException taken) {
                // another one
            }
        }
        throw new IllegalStateException("no free port");
    }

    @Override
    public void close() {
        new ArrayList<>(List.of(brokers)).stream().filter(b -> b != null).forEach(JavaProcess::close);
    }
}
