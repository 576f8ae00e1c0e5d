package dev.authmail.real;

import dev.authmail.testkit.TestIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Debian's Postfix as MX hosts: one door for each address, all with the same port, each with an identity of its own or
 * without STARTTLS. What it takes for {@code *.test} it hands to one next host.
 */
final class PostfixMx implements AutoCloseable {
    private final PostfixProcess process;
    private final int port;

    private PostfixMx(PostfixProcess process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Starts it and waits until it listens.
     *
     * @param doors by address of loopback; an empty identity offers no STARTTLS
     * @param nextPort where on 127.0.0.1 it sends what it takes
     */
    static PostfixMx start(Map<String, Optional<TestIdentity>> doors, int nextPort) throws Exception {
        int port = PostfixProcess.freePort();
        String first = doors.keySet().iterator().next();
        return new PostfixMx(PostfixProcess.start(new Exchangers(doors, port, nextPort), first, port), port);
    }

    int port() {
        return port;
    }

    String log() {
        return process.log();
    }

    @Override
    public void close() throws Exception {
        process.close();
    }

    private record Exchangers(Map<String, Optional<TestIdentity>> doors, int port, int nextPort)
            implements PostfixProcess.Configuration {
        @Override
        public String main(Path folder) {
            return """
                    myhostname = mx.test
                    relay_domains = test
                    parent_domain_matches_subdomains = relay_domains
                    smtpd_relay_restrictions = reject_unauth_destination
                    relay_transport = smtp:[127.0.0.1]:%d
                    """.formatted(nextPort);
        }

        @Override
        public String master(Path folder) throws IOException {
            StringBuilder lines = new StringBuilder();
            for (Map.Entry<String, Optional<TestIdentity>> door : doors.entrySet()) {
                lines.append("%s:%d inet n - n - - smtpd%n".formatted(door.getKey(), port));
                if (door.getValue().isPresent()) {
                    Path pem = folder.resolve(door.getKey() + ".pem");
                    Files.writeString(pem, door.getValue().get().pem());
                    lines.append("  -o smtpd_tls_security_level=may -o smtpd_tls_chain_files=%s%n".formatted(pem));
                }
            }
            return lines.toString();
        }
    }
}
