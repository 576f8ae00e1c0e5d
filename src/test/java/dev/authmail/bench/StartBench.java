package dev.authmail.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.authmail.testkit.Broker;
import dev.authmail.testkit.CountingSmtpServer;
import dev.authmail.testkit.JavaProcess;
import dev.authmail.testkit.TestAuthmail;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.awaitility.Awaitility;

/**
 * What a start costs, and what the process has in RAM then and after some mails: {@code bench/start}. The broker and the SMTP
 * server are in this process, so what is told of the service is its own.
 */
public final class StartBench {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    /** Name, then what follows {@code java}. A cache of classes is written by one process and read by the next. */
    private static final String VARIANTS = """
            jar of jars, G1                   | -XX:+UseG1GC -jar {target}/authmail.jar
            extracted, G1                     | -XX:+UseG1GC -jar {target}/extracted/authmail.jar
            extracted, Serial                 | -XX:+UseSerialGC -jar {target}/extracted/authmail.jar
            extracted, Serial, C1 only        | -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -jar {target}/extracted/authmail.jar
            … as it writes an AOT cache       | -XX:+UseSerialGC -XX:AOTCacheOutput={target}/a.aot -jar {target}/extracted/authmail.jar
            extracted, Serial, AOT cache      | -XX:+UseSerialGC -XX:AOTCache={target}/a.aot -jar {target}/extracted/authmail.jar
            … compact headers, cache written  | -XX:+UseSerialGC -XX:+UseCompactObjectHeaders -XX:AOTCacheOutput={target}/b.aot -jar {target}/extracted/authmail.jar
            … compact headers, AOT cache      | -XX:+UseSerialGC -XX:+UseCompactObjectHeaders -XX:AOTCache={target}/b.aot -jar {target}/extracted/authmail.jar
            """;

    private final int mails;
    private final Path folder = Files.createTempDirectory("start-bench");
    private int round;

    private StartBench(int mails) throws IOException {
        this.mails = mails;
    }

    /** @param args how many mails, 1000 when there is none; then a part of the names of variants, when not all are wanted */
    public static void main(String[] args) throws IOException {
        StartBench bench = new StartBench(args.length == 0 ? 1000 : Integer.parseInt(args[0]));
        String wanted = args.length < 2 ? "" : args[1];
        System.out.println(
                "| | ready, s | CPU s | resident MiB | after " + bench.mails + " mails | peak | CPU s in all |");
        System.out.println("|---|---:|---:|---:|---:|---:|---:|");
        String target = Path.of("target").toAbsolutePath().toString();
        for (String line : VARIANTS.lines().filter(l -> l.contains(wanted)).toList()) {
            String[] parts = line.replace("{target}", target).split(" +\\| ", 2);
            bench.measure(parts[0], List.of(parts[1].split(" ")));
        }
        System.exit(0); // the broker's threads
    }

    private void measure(String name, List<String> options) {
        try (CountingSmtpServer relay = CountingSmtpServer.start("127.0.0.1", 0);
                TestAuthmail authmail =
                        new TestAuthmail("start" + ++round + ".", folder.resolve("" + round), Broker.address())) {
            authmail.set("authmail.relays.relay.port", relay.port())
                    .set("authmail.relays.relay.tls", "none")
                    .set("authmail.direct.enabled", "never");
            List<String> arguments = new ArrayList<>(List.of("-Xmx128m"));
            arguments.addAll(options);
            long began = System.nanoTime();
            try (JavaProcess service =
                    JavaProcess.start(folder, "service", Map.copyOf(authmail.environment()), arguments)) {
                service.awaitOut("Started Authmail", PATIENCE);
                double ready = (System.nanoTime() - began) / 1e9;
                double cpuAtStart = cpu(service);
                long idle = service.residentOctets() >> 20;
                send(authmail, relay);
                System.out.printf(
                        Locale.ROOT,
                        "| %s | %.1f | %.1f | %d | %d | %d | %.1f |%n",
                        name,
                        ready,
                        cpuAtStart,
                        idle,
                        service.residentOctets() >> 20,
                        Cpu.peakMebibytes(service.pid()),
                        cpu(service));
                service.terminate(PATIENCE); // a cache of classes is written at the end
            }
        }
    }

    private void send(TestAuthmail authmail, CountingSmtpServer relay) {
        authmail.watch();
        for (int i = 0; i < mails; i++) {
            authmail.register(new String(Registrations.event(i, number -> "good.test"), UTF_8));
        }
        Awaitility.await().atMost(PATIENCE).until(() -> relay.count() >= mails);
    }

    private static double cpu(JavaProcess service) {
        return Cpu.of(service.pid()).toMillis() / 1000.0;
    }
}
