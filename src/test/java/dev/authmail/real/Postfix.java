package dev.authmail.real;

import dev.authmail.mail.ForeignProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Debian's Postfix as a relay. It takes mail over TLS from {@link #USER} alone, hands all of it to one next host, and
 * knows that {@link #UNKNOWN} does not exist.
 */
final class Postfix implements AutoCloseable {
    static final String USER = "authmail@relay.test";
    static final String PASSWORD = "correct horse";
    static final String UNKNOWN = "nobody@good.test";

    private final PostfixProcess process;
    private final int port;

    private Postfix(PostfixProcess process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Starts it and waits until it listens.
     *
     * @param keyAndChain PEM of the server's key and certificates
     * @param nextPort where on 127.0.0.1 it sends what it takes
     */
    static Postfix start(String keyAndChain, int nextPort) throws Exception {
        return start(keyAndChain, nextPort, "");
    }

    /**
     * The same, and it puts mail for one domain into a mailbox that {@link Dovecot} reads.
     *
     * @param domain whose mail is kept, bounces of what it relays among it
     * @param mailbox the Maildir
     */
    static Postfix start(String keyAndChain, int nextPort, String domain, Path mailbox) throws Exception {
        return start(keyAndChain, nextPort, domain, mailbox, "");
    }

    /** The same, with more lines of main.cf. */
    static Postfix start(String keyAndChain, int nextPort, String domain, Path mailbox, String more) throws Exception {
        return start(keyAndChain, nextPort, """
                virtual_mailbox_domains = %s
                virtual_mailbox_base = %s
                virtual_mailbox_maps = static:%s/
                virtual_minimum_uid = 8
                virtual_uid_maps = static:8
                virtual_gid_maps = static:8
                """.formatted(domain, mailbox.getParent(), mailbox.getFileName()) + more);
    }

    private static Postfix start(String keyAndChain, int nextPort, String more) throws Exception {
        int port = PostfixProcess.freePort();
        return new Postfix(PostfixProcess.start(new Relay(keyAndChain, port, nextPort, more), "127.0.0.1", port), port);
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

    private record Relay(String keyAndChain, int port, int nextPort, String more)
            implements PostfixProcess.Configuration {
        @Override
        public String main(Path folder) throws Exception {
            Files.writeString(folder.resolve("server.pem"), keyAndChain);
            users(folder);
            return """
                    myhostname = relay.test
                    smtpd_tls_security_level = encrypt
                    smtpd_tls_chain_files = %1$s/server.pem
                    smtpd_sasl_auth_enable = yes
                    smtpd_tls_auth_only = yes
                    smtpd_relay_restrictions = permit_sasl_authenticated, reject_unauth_destination
                    smtpd_recipient_restrictions =
                      check_recipient_access inline:{ { %2$s = 550 5.1.1 no such user here } }
                    relayhost = [127.0.0.1]:%3$d
                    """.formatted(folder, UNKNOWN, nextPort) + more;
        }

        private static void users(Path folder) throws Exception {
            // Where Debian's Postfix looks, and nowhere else.
            Path sasl = Files.createDirectories(PostfixProcess.conf(folder).resolve("sasl"));
            Path users = folder.resolve("sasldb2");
            Files.writeString(sasl.resolve("smtpd.conf"), """
                    pwcheck_method: auxprop
                    auxprop_plugin: sasldb
                    mech_list: PLAIN LOGIN
                    sasldb_path: %s
                    """.formatted(users));
            Path password = Files.writeString(folder.resolve("password"), PASSWORD);
            String command = "/usr/sbin/saslpasswd2 -p -c -f %s -u relay.test authmail < %s".formatted(users, password);
            ForeignProgram.run("sasl2-bin", List.of("/bin/sh", "-c", command));
            ForeignProgram.run("coreutils", List.of("/bin/chown", "postfix", users.toString()));
        }

        @Override
        public String master(Path folder) {
            return "127.0.0.1:%d inet n - n - - smtpd%n".formatted(port);
        }
    }
}
