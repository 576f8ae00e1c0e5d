package dev.authmail.real;

import dev.authmail.mail.ForeignProgram;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Zones as the world has them: Debian's Knot signs and serves them, Debian's Unbound before it validates what it gets.
 * Each signed zone is a trust anchor of its own; those of which that is withheld are not signed for anybody.
 */
final class SignedDns implements AutoCloseable {
    private static final String HEAD = """
            $TTL 60
            @ SOA ns hostmaster 1 3600 600 86400 60
            @ NS ns
            ns A 127.0.0.1
            """;

    private final Path folder;
    private final int knotPort = PostfixProcess.freePort();
    private final int unboundPort = PostfixProcess.freePort();
    private final Map<String, String> zones = new TreeMap<>();
    private final Set<String> withoutAnchor = new TreeSet<>();
    private final List<Daemon> daemons = new ArrayList<>();

    SignedDns() throws IOException {
        folder = Files.createTempDirectory("dns");
    }

    /** Adds a zone that validators can prove; records are relative to its origin. */
    SignedDns zone(String origin, String records) {
        zones.put(origin, records);
        return this;
    }

    /** Adds a zone to which no chain of trust leads. */
    SignedDns zoneWithoutAnchor(String origin, String records) {
        withoutAnchor.add(origin);
        return zone(origin, records);
    }

    /** Starts both servers and waits until they answer. */
    SignedDns start() throws Exception {
        Path knot = Files.createDirectories(folder.resolve("knot"));
        Files.createDirectories(knot.resolve("db"));
        for (Map.Entry<String, String> zone : zones.entrySet()) {
            Files.writeString(knot.resolve(zone.getKey() + ".zone"), HEAD + zone.getValue());
        }
        Path knotConf = Files.writeString(knot.resolve("knot.conf"), knotConfiguration(knot));
        Daemon server = Daemon.start("knot", knot, List.of("/usr/sbin/knotd", "-c", knotConf.toString()));
        daemons.add(server);
        zones.keySet().forEach(zone -> server.awaitWords("[" + zone + ".] DNSSEC, next signing"));
        List<String> anchors = new ArrayList<>();
        for (String zone : zones.keySet()) {
            String ds = ForeignProgram.run("knot", List.of("/usr/sbin/keymgr", "-c", knotConf.toString(), zone, "ds"));
            if (!withoutAnchor.contains(zone)) {
                anchors.addAll(ds.lines().filter(line -> line.contains(" DS ")).toList());
            }
        }
        Files.write(trustAnchors(), anchors);
        Path unbound = Files.createDirectories(folder.resolve("unbound"));
        Path unboundConf = Files.writeString(unbound.resolve("unbound.conf"), unboundConfiguration(unbound));
        Daemon resolver =
                Daemon.start("unbound", unbound, List.of("/usr/sbin/unbound", "-d", "-c", unboundConf.toString()));
        daemons.add(resolver);
        resolver.awaitWords("start of service");
        return this;
    }

    /** Where the resolver listens. */
    InetSocketAddress resolver() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), unboundPort);
    }

    /** The DS records of all zones that can be proven. */
    Path trustAnchors() {
        return folder.resolve("anchors");
    }

    private String knotConfiguration(Path home) {
        StringBuilder text = new StringBuilder("""
                server:
                  rundir: %1$s
                  listen: 127.0.0.1@%2$d
                log:
                  - target: stdout
                    any: info
                database:
                  storage: %1$s/db
                template:
                  - id: default
                    storage: %1$s
                    file: "%%s.zone"
                    dnssec-signing: on
                    zonefile-sync: -1
                zone:
                """.formatted(home, knotPort));
        zones.keySet().forEach(zone -> text.append("  - domain: ").append(zone).append('\n'));
        return text.toString();
    }

    private String unboundConfiguration(Path home) {
        StringBuilder text = new StringBuilder("""
                server:
                  interface: 127.0.0.1
                  port: %d
                  directory: "%s"
                  username: ""
                  chroot: ""
                  pidfile: ""
                  use-syslog: no
                  do-ip6: no
                  do-not-query-localhost: no
                  module-config: "validator iterator"
                  trust-anchor-file: "%s"
                """.formatted(unboundPort, home, trustAnchors()));
        // Unbound answers for some of these itself: they are nobody's in the world.
        Stream.concat(Stream.of("test"), zones.keySet().stream())
                .distinct()
                .forEach(zone -> text.append("  local-zone: \"%s.\" nodefault\n".formatted(zone)));
        text.append("remote-control:\n  control-enable: no\n");
        zones.keySet()
                .forEach(zone -> text.append(
                        "stub-zone:\n  name: \"%s\"\n  stub-addr: 127.0.0.1@%d\n".formatted(zone, knotPort)));
        return text.toString();
    }

    @Override
    public void close() throws Exception {
        for (Daemon daemon : daemons.reversed()) {
            daemon.close();
        }
        ForeignProgram.run("coreutils", List.of("/bin/rm", "-r", folder.toString()));
    }
}
