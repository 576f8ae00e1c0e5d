package dev.authmail.simulator;

import dev.authmail.testkit.DnsServer;
import dev.authmail.testkit.ScriptedSmtpServer;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * A server for each {@link Behaviour}, all on one port of 127.0.1.x, and a DNS server that leads to them: mail to
 * {@code anybody@gmail-rate.test} meets {@link Behaviour#GMAIL_RATE}.
 */
public final class ProviderSimulator implements AutoCloseable {
    private static final String NETWORK = "127.0.1.";

    private final DnsServer dns;
    private final Map<Behaviour, ScriptedSmtpServer> servers = new EnumMap<>(Behaviour.class);

    private ProviderSimulator(DnsServer dns) {
        this.dns = dns;
    }

    /** Starts all on ports that are free. */
    public static ProviderSimulator start() {
        return start(0, 0);
    }

    /**
     * Starts all.
     *
     * @param smtpPort 0 for one that is free
     * @param dnsPort 0 for one that is free
     */
    public static ProviderSimulator start(int smtpPort, int dnsPort) {
        ProviderSimulator simulator = new ProviderSimulator(DnsServer.start(dnsPort));
        try {
            for (Behaviour behaviour : Behaviour.values()) {
                int port = simulator.servers.isEmpty() ? smtpPort : simulator.port();
                ScriptedSmtpServer server = ScriptedSmtpServer.start(address(behaviour), port);
                simulator.servers.put(behaviour, server);
                behaviour.teach(server);
            }
            simulator.publish();
            return simulator;
        } catch (RuntimeException e) {
            simulator.close();
            throw e;
        }
    }

    private static String address(Behaviour behaviour) {
        return NETWORK + (behaviour.ordinal() + 1);
    }

    /** The port of all servers. */
    public int port() {
        return servers.get(Behaviour.GOOD).port();
    }

    /** The DNS server that knows them. */
    public DnsServer dns() {
        return dns;
    }

    /** The server that behaves so. */
    public ScriptedSmtpServer server(Behaviour behaviour) {
        return servers.get(behaviour);
    }

    /** The authority of those certificates that are good, as PEM. */
    public Path authority() {
        return Certificates.ALL.pem();
    }

    /** Tells every line of every conversation, with who is talked to. */
    public void listen(BiConsumer<Behaviour, String> listener) {
        servers.forEach((behaviour, server) -> server.listen(line -> listener.accept(behaviour, line)));
    }

    /** Every host stands in the zone of its last two labels; {@code .test} domains are zones of their own. */
    private void publish() {
        Map<String, StringBuilder> zones = new LinkedHashMap<>();
        servers.keySet().forEach(behaviour -> {
            zones.computeIfAbsent(behaviour.domain(), zone -> new StringBuilder())
                    .append("@ MX 10 ")
                    .append(behaviour.mxHost())
                    .append(".\n");
            zones.computeIfAbsent(zoneOf(behaviour.mxHost()), zone -> new StringBuilder())
                    .append(behaviour.mxHost())
                    .append(". A ")
                    .append(address(behaviour))
                    .append('\n');
        });
        zones.forEach((zone, records) -> dns.zone(zone, records.toString()));
    }

    private static String zoneOf(String host) {
        List<String> labels = List.of(host.split("\\."));
        return String.join(".", labels.subList(labels.size() - (host.endsWith(".ne.jp") ? 3 : 2), labels.size()));
    }

    @Override
    public void close() {
        servers.values().forEach(ScriptedSmtpServer::close);
        dns.close();
    }
}
