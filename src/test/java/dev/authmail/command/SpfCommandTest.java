package dev.authmail.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.testkit.DnsServer;
import java.io.ByteArrayInputStream;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpfCommandTest {
    private final DnsServer server = DnsServer.start().zone("example.test", """
            @ TXT "v=spf1 ip4:192.0.2.1 exp=why.example.test -all"
            broken TXT "v=spf1 ip4:1"
            """);

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aPassIsOneLineAndStatusZero() {
        Run run = run("", "--ip", "192.0.2.1", "--from", "x@example.test");

        assertThat(run.status()).isZero();
        assertThat(run.out()).isEqualTo("""
                {"ip":"192.0.2.1","identity":"mailfrom","domain":"example.test","result":"pass",\
                "matched":{"term":"ip4:192.0.2.1","domain":"example.test"},"reason":"ip4:192.0.2.1 matches",\
                "explanation":null,"lookups":0,"voidLookups":0}
                """);
    }

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            --ip 192.0.2.2 --from x@example.test        | 1 | "result":"fail"
            --ip 192.0.2.2 --helo example.test          | 1 | "identity":"helo"
            --ip 192.0.2.2 --from broken.example.test   | 1 | broken at character 11
            --ip nonsense --from x@example.test         | 2 | --ip nonsense is not an IP address
            --ip 192.0.2.1                              | 2 | name the sender with --from
            """)
    void statusAndText(String line, int status, String text) {
        Run run = run("", line.split(" "));

        assertThat(run.status()).isEqualTo(status);
        assertThat(run.out() + run.err()).contains(text);
    }

    @Test
    void aWrongServerIsWrongUsage() {
        Run run = Run.of(
                new SpfCommand(Clock.systemUTC(), new ByteArrayInputStream(new byte[0])),
                "--ip",
                "192.0.2.1",
                "--from",
                "x@example.test",
                "--dns",
                "host:x");

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("--dns host:x is not HOST:PORT");
    }

    @Test
    void linesAreAnsweredInTheirOrderAndABrokenOneIsTold() {
        Run run = run("""
                {"id": 7, "ip": "192.0.2.1", "from": "x@example.test"}
                {"ip": "192.0.2.9", "from": "x@example.test", "helo": "h"}

                {"ip": "x"}
                not json
                """);

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out().lines()).hasSize(4);
        assertThat(run.out().lines().toList().get(0))
                .startsWith("{\"id\":7,\"ip\":\"192.0.2.1\"")
                .contains("pass");
        assertThat(run.out().lines().toList().get(1)).contains("\"fail\"");
        assertThat(run.out().lines().toList().get(2)).contains("\"error\":\"\\\"ip\\\" is missing or no IP address\"");
        assertThat(run.out().lines().toList().get(3)).contains("\"error\":\"not a JSON object");
    }

    private Run run(String in, String... args) {
        String[] all = java.util.Arrays.copyOf(args, args.length + 2);
        all[args.length] = "--dns";
        all[args.length + 1] = "127.0.0.1:" + server.address().getPort();
        return Run.of(new SpfCommand(Clock.systemUTC(), new ByteArrayInputStream(in.getBytes(UTF_8))), all);
    }
}
