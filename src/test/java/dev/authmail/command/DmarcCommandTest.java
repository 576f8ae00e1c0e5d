package dev.authmail.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.testkit.DnsServer;
import java.io.ByteArrayInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DmarcCommandTest {
    private final DnsServer server = DnsServer.start()
            .zone(".", "_dmarc.example.com. TXT \"v=DMARC1; p=reject; sp=quarantine\"\n")
            .on("_dmarc.down.example", DnsServer.Fault.SERVFAIL);

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void thePolicyThatHoldsForASubdomain() {
        Run run = run("", "mail.example.com");

        assertThat(run.status()).isZero();
        assertThat(run.out()).isEqualTo("""
                {"domain":"mail.example.com","registrable":"example.com","organizationalDomain":"example.com",\
                "recordAt":"_dmarc.example.com","record":"v=DMARC1; p=reject; sp=quarantine","policy":"quarantine",\
                "testing":false}
                """);
    }

    @Test
    void linesOnStandardInputAndWhatHasNoPolicy() {
        Run run = run("example.com\nnobody.example\ndown.example\na..b\n");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out().lines()).hasSize(4);
        assertThat(run.out().lines().toList().get(0)).contains("\"policy\":\"reject\"");
        assertThat(run.out().lines().toList().get(1)).contains("nobody.example").doesNotContain("policy");
        assertThat(run.out().lines().toList().get(2)).contains("\"error\":\"TXT of _dmarc.down.example");
        assertThat(run.out().lines().toList().get(3)).contains("\"error\":\"the domain has");
    }

    @Test
    void offlineNothingIsAsked() {
        Run run = run("", "--offline", "a.example.co.jp");

        assertThat(run.out()).isEqualTo("{\"domain\":\"a.example.co.jp\",\"registrable\":\"example.co.jp\"}\n");
        assertThat(server.queries()).isEmpty();
    }

    private Run run(String in, String... args) {
        String[] all = java.util.Arrays.copyOf(args, args.length + 2);
        all[args.length] = "--dns";
        all[args.length + 1] = "127.0.0.1:" + server.address().getPort();
        return Run.of(new DmarcCommand(new ByteArrayInputStream(in.getBytes(UTF_8))), all);
    }
}
